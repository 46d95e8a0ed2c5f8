using System;
using System.Collections.Generic;

namespace Engine.OpModel;

/// <summary>
/// A line of <c>ops.txt</c> cut into pieces, all text, such as
/// <c>TopKV2(input:T; k:Tk) -> (values:T; indices:index_type) {sorted:bool = true; T:type in [float,int32]; Tk:type = int32} is_stateful</c>.
/// The generator of the op-building API reads it too, so it knows no other type of the engine.
/// </summary>
internal sealed class OpLine
{
    private OpLine(string name, List<Arg> inputs, List<Arg> outputs, List<Attr> attrs, string[] flags)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
        Attrs = attrs;
        Flags = flags;
    }

    internal string Name { get; }

    internal List<Arg> Inputs { get; }

    internal List<Arg> Outputs { get; }

    internal List<Attr> Attrs { get; }

    internal string[] Flags { get; }

    /// <exception cref="FormatException">The line is not an op definition.</exception>
    internal static OpLine Parse(string line)
    {
        var open = line.IndexOf('(');
        var arrow = line.IndexOf(") -> (", StringComparison.Ordinal);
        var brace = arrow < 0 ? -1 : line.IndexOf(") {", arrow + 1, StringComparison.Ordinal);
        var close = line.LastIndexOf('}');
        if (open <= 0 || arrow < open || brace < 0 || close < brace)
            throw new FormatException($"'{line}' is not of the form Op(inputs) -> (outputs) {{attributes}} flags.");
        var attrs = Split(line, brace + 3, close).ConvertAll(ParseAttr);
        return new(line.Substring(0, open), Split(line, open + 1, arrow).ConvertAll(t => ParseArg(t, attrs)),
            Split(line, arrow + 6, brace).ConvertAll(t => ParseArg(t, attrs)), attrs,
            line.Substring(close + 1).Split([' '], StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The text of a quoted string.</summary>
    internal static string Unquote(string text)
        => text.Substring(1, text.Length - 2).Replace("\\t", "\t").Replace("\\n", "\n");

    // [ref ]type, [ref ]N*[ref ]type or [ref ]list(types)
    private static Arg ParseArg(string text, List<Attr> attrs)
    {
        var (name, type) = Cut(text, ':');
        var isRef = RemovePrefix(ref type, "ref ");
        if (RemovePrefix(ref type, "list("))
            return new(name, "", "", "", type.TrimEnd(')'), isRef);
        var number = "";
        if (type.IndexOf('*') >= 0)
            (number, type) = Cut(type, '*');
        isRef |= RemovePrefix(ref type, "ref ");
        return attrs.Exists(a => a.Name == type)
            ? new(name, "", type, number, "", isRef)
            : new(name, type, "", number, "", isRef);
    }

    // name:type [in [a,b]] [>= n] [= default]
    private static Attr ParseAttr(string text)
    {
        var (name, rest) = Cut(text, ':');
        var at = rest.IndexOf(' ');
        var type = at < 0 ? rest : rest.Substring(0, at);
        rest = at < 0 ? "" : rest.Substring(at);
        string[] allowed = [];
        string? minimum = null;
        if (RemovePrefix(ref rest, " in ["))
        {
            var end = rest.IndexOf(']');
            allowed = rest.Substring(0, end).Split(',');
            rest = rest.Substring(end + 1);
        }
        if (RemovePrefix(ref rest, " >= "))
        {
            var end = rest.IndexOf(' ');
            minimum = end < 0 ? rest : rest.Substring(0, end);
            rest = end < 0 ? "" : rest.Substring(end);
        }
        return new(name, type, allowed, minimum, RemovePrefix(ref rest, " = ") ? rest : null);
    }

    private static bool RemovePrefix(ref string text, string prefix)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        text = text.Substring(prefix.Length);
        return true;
    }

    private static (string Before, string After) Cut(string text, char at)
    {
        var i = text.IndexOf(at);
        return i < 0 ? throw new FormatException($"'{text}' has no '{at}'.") : (text.Substring(0, i), text.Substring(i + 1));
    }

    // Items are separated by "; " outside of quotes.
    private static List<string> Split(string text, int start, int end)
    {
        var items = new List<string>();
        var quoted = false;
        for (var i = start; i <= end; i++)
        {
            if (i < end && text[i] == '\'')
                quoted = !quoted;
            if (i < end && (quoted || text[i] != ';'))
                continue;
            var item = text.Substring(start, i - start).Trim();
            if (item.Length > 0)
                items.Add(item);
            start = i + 1;
        }
        return items;
    }

    /// <summary>An argument: a fixed type, or the names of the attributes that give its type, number or list of types ("" where none does).</summary>
    internal sealed record Arg(string Name, string Type, string TypeAttr, string NumberAttr, string TypeListAttr, bool IsRef);

    /// <summary>An attribute: name, kind, allowed values, least value or length, default; null where there is none.</summary>
    internal sealed record Attr(string Name, string Type, string[] Allowed, string? Minimum, string? Default);
}
