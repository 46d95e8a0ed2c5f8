using Engine.OpModel;
using Microsoft.CodeAnalysis.CSharp;

namespace Engine.Generators;

/// <summary>How the names, types and defaults of op definitions read in C#.</summary>
internal static class CSharpNames
{
    /// <summary>A parameter name; keywords get an @.</summary>
    internal static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The type of the parameter for an attribute.</summary>
    internal static string TypeOf(OpLine.Attr attr)
    {
        var isList = attr.Type.StartsWith("list(", StringComparison.Ordinal);
        var type = (isList ? attr.Type.Substring(5, attr.Type.Length - 6) : attr.Type) switch
        {
            "int" => "long",
            "type" => "DType",
            "shape" => "PartialShape",
            "tensor" => "Tensor",
            "func" => "FunctionReference",
            var same => same,
        };
        return isList ? $"IReadOnlyList<{type}>" : type;
    }

    /// <summary>The default value of an optional parameter, or null when only the op definition can express it.</summary>
    internal static string? Default(OpLine.Attr attr) => attr.Type switch
    {
        "int" or "bool" => attr.Default,
        "float" => attr.Default switch
        {
            "inf" => "float.PositiveInfinity",
            "-inf" => "float.NegativeInfinity",
            "nan" => "float.NaN",
            var number => number + "f",
        },
        "string" => SymbolDisplay.FormatLiteral(OpLine.Unquote(attr.Default!), quote: true),
        "type" => "DType." + DTypeMember(attr.Default!),
        _ => null,
    };

    private static string DTypeMember(string name) => name switch
    {
        "float" => "Float32",
        "double" => "Float64",
        "half" => "Float16",
        "bfloat16" => "BFloat16",
        "float8_e5m2" => "Float8E5M2",
        "float8_e4m3fn" => "Float8E4M3FN",
        _ when name[0] == 'q' && name[1] == 'u' => "QUInt" + name.Substring(5),
        _ when name[0] == 'q' => "QInt" + name.Substring(4),
        _ when name.StartsWith("uint", StringComparison.Ordinal) => "UInt" + name.Substring(4),
        _ => char.ToUpperInvariant(name[0]) + name.Substring(1),
    };
}
