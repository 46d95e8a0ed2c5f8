using Engine.Io.Protos;
using Engine.Io.Python;
using Engine.Io.SavedModels;

namespace Engine.Cli.SavedModels;

/// <summary>Prints the functions of a SavedModel's root object and what they can be called with.</summary>
internal sealed class ConcreteFunctionReport(TextWriter output)
{
    private const string Indent = "        ";

    internal void Print(SavedObjectGraph graph)
    {
        output.Write("\nConcrete Functions:");
        var children = graph.Nodes.Count == 0 ? [] : graph.Nodes[0].Children.OrderBy(c => c.LocalName, CodePointOrder.Instance).ToList();
        foreach (var child in children)
        {
            if (child.NodeId < 0 || child.NodeId >= graph.Nodes.Count)
                throw EngineException.DataLoss($"The object graph has no node {child.NodeId}.");
            var node = graph.Nodes[child.NodeId];
            IReadOnlyList<string> names;
            if (node.KindCase == SavedObject.KindOneofCase.Function)
                names = node.Function.ConcreteFunctions;
            else if (node.KindCase == SavedObject.KindOneofCase.BareConcreteFunction)
                names = [node.BareConcreteFunction.ConcreteFunctionName];
            else
                continue;
            output.WriteLine($"\n  Function Name: '{child.LocalName}'");
            for (var i = 0; i < names.Count; i++)
                Option(i + 1, graph.ConcreteFunctions.GetValueOrDefault(names[i]), node);
        }
        output.Flush();
    }

    private void Option(int number, SavedConcreteFunction? function, SavedObject node)
    {
        var signature = StructuredValues.ToPython(function?.CanonicalizedInputSignature) as PythonTuple;
        IReadOnlyList<object?> arguments;
        PythonDict? keywords = null;
        if (signature is { Items: [var positional, PythonDict named] })
        {
            arguments = (positional as PythonTuple)?.Items ?? [];
            keywords = named;
        }
        else
        {
            arguments = [.. node.BareConcreteFunction?.ArgumentKeywords ?? []];
        }
        if (arguments.Count > 0)
        {
            output.WriteLine($"    Option #{number}");
            output.WriteLine("      Callable with:");
            for (var i = 0; i < arguments.Count; i++)
                Argument($"Argument #{i + 1}", arguments[i]);
        }
        for (var i = 0; i < (keywords?.Items.Count ?? 0); i++)
            Argument($"Named Argument #{i + 1}", keywords!.Items[i].Key);
    }

    private void Argument(string title, object? value)
    {
        output.WriteLine(Indent + title);
        switch (value)
        {
            case string text:
                output.WriteLine($"{Indent}  {text}");
                break;
            case StructuredValues.Spec { ClassName: "TensorSpec" or "BoundedTensorSpec" } spec:
                output.WriteLine($"{Indent}  {spec.Name ?? "None"}: {spec}");
                break;
            case PythonDict dict:
                output.WriteLine($"{Indent}  DType: dict");
                // The original takes back the last comma with backspaces.
                output.WriteLine($"{Indent}  Value: {{{string.Concat(dict.Items.Select(i => $"'{PythonText.Str(i.Key)}': {Quoted(i.Value)}, "))}\b\b}}");
                break;
            case PythonTuple or List<object?> or StructuredValues.Items:
                var (name, items) = value switch
                {
                    PythonTuple tuple => ("tuple", tuple.Items),
                    StructuredValues.Items named => (named.ClassName, named.Values),
                    _ => ("list", (List<object?>)value),
                };
                output.WriteLine($"{Indent}  DType: {name}");
                output.WriteLine($"{Indent}  Value: [{string.Concat(items.Select(i => Quoted(i) + ", "))}\b\b]");
                break;
            default:
                output.WriteLine($"{Indent}  DType: {(value as StructuredValues.Spec)?.ClassName ?? PythonText.ClassName(value)}");
                output.WriteLine($"{Indent}  Value: {PythonText.Str(value)}");
                break;
        }
    }

    private static string Quoted(object? value) => value is string text ? $"'{text}'" : PythonText.Str(value);
}
