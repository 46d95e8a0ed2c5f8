namespace Engine.Cli.Inputs;

/// <summary>numpy's names of element types.</summary>
internal static class NumpyTypes
{
    /// <summary>The element type of <c>np.float32</c>, <c>float32</c>, …, or null.</summary>
    internal static DType? Find(string name)
    {
        var plain = name.StartsWith("np.", StringComparison.Ordinal) ? name[3..] : name.StartsWith("numpy.", StringComparison.Ordinal) ? name[6..] : name;
        return plain switch
        {
            "float32" => DType.Float32,
            "float64" or "float" or "double" => DType.Float64,
            "float16" or "half" => DType.Float16,
            "int" => DType.Int64,
            "bool" or "bool_" => DType.Bool,
            "str" or "object" => DType.String,
            _ => DTypes.Parse(plain) is var t and not DType.Invalid ? t : null,
        };
    }
}
