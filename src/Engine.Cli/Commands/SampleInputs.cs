namespace Engine.Cli.Commands;

/// <summary>Inputs for timing when the user gives none.</summary>
internal static class SampleInputs
{
    internal static Tensor Make(DType type, PartialShape shape, int batch)
    {
        var dims = new long[Math.Max(0, shape.Rank)];
        for (var i = 0; i < dims.Length; i++)
            dims[i] = shape[i] >= 0 ? shape[i] : i == 0 ? batch : 1;
        var tensor = Tensor.Zeros(type, new Shape(dims));
        var random = new Random(9);
        if (type == DType.Float32)
        {
            foreach (ref var x in tensor.AsSpan<float>())
                x = 2 * random.NextSingle() - 1;
        }
        else if (type == DType.Float64)
        {
            foreach (ref var x in tensor.AsSpan<double>())
                x = 2 * random.NextDouble() - 1;
        }
        return tensor;
    }
}
