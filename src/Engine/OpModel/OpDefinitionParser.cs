using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Engine.Graphs;

namespace Engine.OpModel;

/// <summary>Makes an op definition of a line of <c>ops.txt</c>: names become types, defaults become values.</summary>
internal static class OpDefinitionParser
{
    private const string Deprecated = "deprecated_at_";

    internal static OpDefinition Parse(string text)
    {
        var line = OpLine.Parse(text);
        var deprecated = Array.Find(line.Flags, f => f.StartsWith(Deprecated, StringComparison.Ordinal));
        return new(line.Name, [.. line.Inputs.ConvertAll(ToArg)], [.. line.Outputs.ConvertAll(ToArg)], [.. line.Attrs.ConvertAll(ToAttr)])
        {
            IsStateful = line.Flags.Contains("is_stateful"),
            IsCommutative = line.Flags.Contains("is_commutative"),
            IsAggregate = line.Flags.Contains("is_aggregate"),
            AllowsUninitializedInput = line.Flags.Contains("allows_uninitialized_input"),
            DeprecatedAt = deprecated is null ? null : int.Parse(deprecated[Deprecated.Length..], CultureInfo.InvariantCulture),
        };
    }

    private static ArgDefinition ToArg(OpLine.Arg arg)
        => new(arg.Name, arg.Type.Length == 0 ? DType.Invalid : DTypes.Parse(arg.Type), arg.TypeAttr, arg.NumberAttr, arg.TypeListAttr, arg.IsRef);

    private static AttrDefinition ToAttr(OpLine.Attr attr)
    {
        var isText = attr.Allowed.Length > 0 && attr.Allowed[0].StartsWith('\'');
        var definition = new AttrDefinition(attr.Name, attr.Type, null,
            attr.Minimum is null ? null : long.Parse(attr.Minimum, CultureInfo.InvariantCulture),
            isText ? [] : ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(attr.Allowed, DTypes.Parse)),
            isText ? [.. Array.ConvertAll(attr.Allowed, OpLine.Unquote)] : []);
        return attr.Default is { } text ? definition with { Default = ParseDefault(definition, text) } : definition;
    }

    private static AttrValue ParseDefault(AttrDefinition attr, string text) => attr.IsList
        ? AttrValue.ListOf([.. SplitList(text).Select(t => ParseScalar(attr.ElementKind, t))])
        : ParseScalar(attr.ElementKind, text);

    private static AttrValue ParseScalar(AttrKind kind, string text) => kind switch
    {
        AttrKind.String => AttrValue.Of(OpLine.Unquote(text)),
        AttrKind.Int => AttrValue.Of(long.Parse(text, CultureInfo.InvariantCulture)),
        AttrKind.Float => AttrValue.Of(text switch
        {
            "inf" => float.PositiveInfinity,
            "-inf" => float.NegativeInfinity,
            "nan" => float.NaN,
            _ => (float)double.Parse(text, CultureInfo.InvariantCulture),
        }),
        AttrKind.Bool => AttrValue.Of(text == "true"),
        AttrKind.Type => AttrValue.Of(DTypes.Parse(text)),
        AttrKind.Shape => AttrValue.Of(text == "unknown_rank" ? PartialShape.Unknown
            : new PartialShape(SplitList(text).Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray())),
        AttrKind.Tensor => AttrValue.Of(ParseTensor(text)),
        _ => AttrValue.Of(new FunctionReference(text)),
    };

    // "int32 1" for a scalar, "uint8[255,0,0,255]" for a vector.
    private static Tensor ParseTensor(string text)
    {
        var isVector = text.EndsWith(']');
        var end = text.IndexOf(isVector ? '[' : ' ');
        var type = DTypes.Parse(text[..end]);
        var items = isVector ? [.. SplitList(text[end..])] : new[] { text[(end + 1)..] };
        var tensor = Tensor.Allocate(type, isVector ? Shape.Vector(items.Length) : Shape.Scalar);
        for (var i = 0; i < items.Length; i++)
        {
            using var item = ScalarTensors.Make(double.Parse(items[i], CultureInfo.InvariantCulture), type);
            item.Bytes().CopyTo(tensor.Bytes()[(i * type.Size())..]);
        }
        return tensor;
    }

    // Items are separated by commas outside of inner brackets.
    private static IEnumerable<string> SplitList(string text)
    {
        var start = 1;
        var depth = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if ((text[i] == ',' && depth == 0) || i == text.Length - 1)
            {
                if (i > 1)
                    yield return text[start..i];
                start = i + 1;
            }
            depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
        }
    }
}
