using System.Text;
using Engine.OpModel;

namespace Engine.Generators;

/// <summary>Writes the method that adds a node of one op: inputs first, then attributes without a default, then those with one.</summary>
internal static class OpMethodWriter
{
    internal static void Write(StringBuilder s, OpLine op, string line)
    {
        var attrs = Parameters(op);
        s.Append("    /// <summary><c>").Append(line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")).Append("</c></summary>\n");
        s.Append("    public static ").Append(ResultType(op)).Append(' ').Append(op.Name).Append("(this IGraphBuilder graph");
        foreach (var input in op.Inputs)
            s.Append(IsList(input) ? ", IReadOnlyList<Value> " : ", Value ").Append(CSharpNames.Identifier(input.Name));
        foreach (var attr in attrs.Where(a => a.Default is null))
            s.Append(", ").Append(CSharpNames.TypeOf(attr)).Append(' ').Append(CSharpNames.Identifier(attr.Name));
        foreach (var attr in attrs.Where(a => a.Default is not null))
        {
            var value = CSharpNames.Default(attr);
            s.Append(", ").Append(CSharpNames.TypeOf(attr)).Append(value is null ? "? " : " ").Append(CSharpNames.Identifier(attr.Name))
                .Append(" = ").Append(value ?? "null");
        }
        s.Append(", string? name = null)\n    ");
        WriteBody(s, op, attrs);
    }

    // Attributes that follow from the inputs are no parameters.
    private static List<OpLine.Attr> Parameters(OpLine op)
    {
        var inferred = new HashSet<string>(op.Inputs.SelectMany(i => new[] { i.TypeAttr, i.NumberAttr, i.TypeListAttr }));
        return op.Attrs.FindAll(a => !inferred.Contains(a.Name));
    }

    private static bool IsList(OpLine.Arg arg) => arg.NumberAttr.Length > 0 || arg.TypeListAttr.Length > 0;

    private static string ResultType(OpLine op) => op.Outputs.Count switch
    {
        0 => "Node",
        1 => TypeOf(op.Outputs[0]),
        _ => $"({string.Join(", ", op.Outputs.Select(o => $"{TypeOf(o)} {CSharpNames.Identifier(o.Name)}"))})",
    };

    private static string TypeOf(OpLine.Arg output) => IsList(output) ? "Value[]" : "Value";

    private static void WriteBody(StringBuilder s, OpLine op, List<OpLine.Attr> attrs)
    {
        var node = new StringBuilder($"graph.NewNode(\"{op.Name}\", name)");
        foreach (var input in op.Inputs)
            node.Append($".Input({CSharpNames.Identifier(input.Name)})");
        foreach (var attr in attrs)
            node.Append($".Attr(\"{attr.Name}\", {CSharpNames.Identifier(attr.Name)})");
        node.Append(".Build()");
        switch (op.Outputs.Count)
        {
            case 0:
                s.Append($"    => {node};\n");
                break;
            case 1:
                s.Append($"    => {node}{Result(op, 0)};\n");
                break;
            default:
                s.Append($"{{\n        var _node = {node};\n        return ({string.Join(", ", op.Outputs.Select((_, i) => "_node" + Result(op, i)))});\n    }}\n");
                break;
        }
        s.Append('\n');
    }

    // Positions are known up to the first list.
    private static string Result(OpLine op, int output)
        => IsList(op.Outputs[output]) ? $".OutputList(\"{op.Outputs[output].Name}\")"
        : op.Outputs.Take(output).Any(IsList) ? $".Output(\"{op.Outputs[output].Name}\")"
        : $"[{output}]";
}
