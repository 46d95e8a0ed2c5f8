using System.Collections.Immutable;
using System.Globalization;
using Engine.Graphs;

namespace Engine.OpModel;

/// <summary>
/// Parses a line such as <c>TopKV2(input:T; k:Tk) -> (values:T; indices:index_type) {sorted:bool = true; T:type in [float,int32]; Tk:type = int32} is_stateful</c>.
/// </summary>
internal static class OpDefinitionParser
{
    internal static OpDefinition Parse(string line)
    {
        var open = line.IndexOf('(');
        var name = line[..open];
        var arrow = line.IndexOf(") -> (", open, StringComparison.Ordinal);
        var brace = line.IndexOf(") {", arrow + 1, StringComparison.Ordinal);
        var close = line.LastIndexOf('}');
        var attrs = Split(line[(brace + 3)..close]).Select(ParseAttr).ToImmutableArray();
        var flags = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var deprecated = flags.FirstOrDefault(f => f.StartsWith("deprecated_at_", StringComparison.Ordinal));
        return new(name, ParseArgs(line[(open + 1)..arrow], attrs), ParseArgs(line[(arrow + 6)..brace], attrs), attrs)
        {
            IsStateful = flags.Contains("is_stateful"),
            IsCommutative = flags.Contains("is_commutative"),
            IsAggregate = flags.Contains("is_aggregate"),
            AllowsUninitializedInput = flags.Contains("allows_uninitialized_input"),
            DeprecatedAt = deprecated is null ? null : int.Parse(deprecated["deprecated_at_".Length..], CultureInfo.InvariantCulture),
        };
    }

    private static ImmutableArray<ArgDefinition> ParseArgs(string text, ImmutableArray<AttrDefinition> attrs)
        => [.. Split(text).Select(t => ParseArg(t, attrs))];

    private static ArgDefinition ParseArg(string text, ImmutableArray<AttrDefinition> attrs)
    {
        var colon = text.IndexOf(':');
        var (name, type) = (text[..colon], text[(colon + 1)..]);
        var isRef = type.StartsWith("ref ", StringComparison.Ordinal);
        if (isRef)
            type = type[4..];
        if (type.StartsWith("list(", StringComparison.Ordinal))
            return new(name, DType.Invalid, TypeListAttr: type[5..^1], IsRef: isRef);
        var star = type.IndexOf('*');
        var number = star < 0 ? "" : type[..star];
        type = type[(star + 1)..];
        if (type.StartsWith("ref ", StringComparison.Ordinal))
            (isRef, type) = (true, type[4..]);
        return attrs.Any(a => a.Name == type)
            ? new(name, DType.Invalid, TypeAttr: type, NumberAttr: number, IsRef: isRef)
            : new(name, DTypes.Parse(type), NumberAttr: number, IsRef: isRef);
    }

    // name:type [in [a,b]] [>= n] [= default]
    private static AttrDefinition ParseAttr(string text)
    {
        var colon = text.IndexOf(':');
        var name = text[..colon];
        var rest = text[(colon + 1)..];
        var at = rest.IndexOf(' ');
        var type = at < 0 ? rest : rest[..at];
        rest = at < 0 ? "" : rest[at..];
        ImmutableArray<DType> types = [];
        ImmutableArray<string> strings = [];
        if (rest.StartsWith(" in [", StringComparison.Ordinal))
        {
            var end = rest.IndexOf(']');
            var items = rest[5..end].Split(',');
            if (items[0].StartsWith('\''))
                strings = [.. items.Select(i => i.Trim('\''))];
            else
                types = [.. items.Select(DTypes.Parse)];
            rest = rest[(end + 1)..];
        }
        long? minimum = null;
        if (rest.StartsWith(" >= ", StringComparison.Ordinal))
        {
            var end = rest.IndexOf(' ', 4);
            if (end < 0)
                end = rest.Length;
            minimum = long.Parse(rest[4..end], CultureInfo.InvariantCulture);
            rest = rest[end..];
        }
        var attr = new AttrDefinition(name, type, null, minimum, types, strings);
        return rest.StartsWith(" = ", StringComparison.Ordinal) ? attr with { Default = ParseDefault(attr, rest[3..]) } : attr;
    }

    private static AttrValue ParseDefault(AttrDefinition attr, string text) => attr.IsList
        ? AttrValue.ListOf([.. SplitList(text).Select(t => ParseScalar(attr.ElementKind, t))])
        : ParseScalar(attr.ElementKind, text);

    private static AttrValue ParseScalar(AttrKind kind, string text) => kind switch
    {
        AttrKind.String => AttrValue.Of(text[1..^1].Replace("\\t", "\t", StringComparison.Ordinal)),
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
        AttrKind.Shape => AttrValue.Of(text is "unknown_rank" or "shape" ? PartialShape.Unknown
            : new PartialShape(SplitList(text).Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray())),
        AttrKind.Tensor => AttrValue.Of(Tensor.Scalar(0f)),
        _ => AttrValue.Of(new FunctionReference(text)),
    };

    private static IEnumerable<string> SplitList(string text)
        => text.Length <= 2 ? [] : text[1..^1].Split(',');

    // Items are separated by "; " outside of quotes.
    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'')
                quoted = !quoted;
            else if (text[i] == ';' && !quoted)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }
        if (text.Length > start && text[start..].Trim().Length > 0)
            yield return text[start..].Trim();
    }
}
