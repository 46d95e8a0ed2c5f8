using Engine.Io.Protos;
using Engine.Io.Python;
using Engine.Io.SavedModels;
using Google.Protobuf.Reflection;

namespace Engine.Cli.SavedModels;

/// <summary>Prints what a SavedModel holds, as saved_model_cli does.</summary>
internal sealed class SavedModelReport(TextWriter output)
{
    private static readonly string[] DefaultDenylist = ["PrintV2", "ReadFile", "WriteFile"];

    /// <summary>All graphs with all signatures and ops, then the functions of the object graph.</summary>
    internal void All(SavedModelOutline model)
    {
        foreach (var graph in model.Graphs.OrderBy(g => g.Tags, new TagOrder()))
        {
            output.WriteLine($"\nMetaGraphDef with tag-set: '{string.Join(", ", graph.Tags)}' contains the following SignatureDefs:");
            foreach (var (key, signature) in graph.Signatures)
            {
                output.WriteLine($"\nsignature_def['{key}']:");
                Signature(signature, "  ");
            }
            Ops(graph);
        }
        // TensorFlow reads the objects of the graph that it would load: there is only one in files that have any.
        if (model.Graphs.FirstOrDefault(g => g.HasObjectGraph) is { } objects)
            new ConcreteFunctionReport(output).Print(objects.ObjectGraph);
    }

    internal void TagSets(SavedModelOutline model)
    {
        output.WriteLine("The given SavedModel contains the following tag-sets:");
        foreach (var graph in model.Graphs.OrderBy(g => g.Tags, new TagOrder()))
            output.WriteLine(PythonText.Repr(string.Join(", ", graph.Tags.Order(CodePointOrder.Instance))));
    }

    internal void Keys(MetaGraphOutline graph)
    {
        output.WriteLine("The given SavedModel MetaGraphDef contains SignatureDefs with the following keys:");
        foreach (var key in graph.Signatures.Keys)
            output.WriteLine($"SignatureDef key: \"{key}\"");
    }

    /// <summary>The op types, sorted: TensorFlow's order is that of a set, which is none.</summary>
    internal void Ops(MetaGraphOutline graph) => output.WriteLine($"The MetaGraph with tag set {Tags(graph)} contains the following ops: {SetText(graph.UsedOps())}");

    internal void Signature(SignatureDef signature, string indent)
    {
        output.WriteLine($"{indent}The given SavedModel SignatureDef contains the following input(s):");
        foreach (var (key, info) in signature.Inputs.OrderBy(i => i.Key, CodePointOrder.Instance))
            Tensor($"inputs['{key}']", info, indent);
        output.WriteLine($"{indent}The given SavedModel SignatureDef contains the following output(s):");
        foreach (var (key, info) in signature.Outputs.OrderBy(o => o.Key, CodePointOrder.Instance))
            Tensor($"outputs['{key}']", info, indent);
        output.WriteLine($"{indent}Method name is: {signature.MethodName}");
    }

    /// <summary>Whether a graph has ops of a list.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="denylist">The op types; the default list if null or empty.</param>
    internal void Scan(MetaGraphOutline graph, string? denylist)
    {
        var denied = new SortedSet<string>(string.IsNullOrEmpty(denylist) ? DefaultDenylist : denylist.Split(',', StringSplitOptions.RemoveEmptyEntries), CodePointOrder.Instance);
        var found = graph.UsedOps();
        found.IntersectWith(denied);
        output.WriteLine(found.Count > 0
            ? $"MetaGraph with tag set {Tags(graph)} contains the following denylisted ops: {SetText(found)}"
            : $"MetaGraph with tag set {Tags(graph)} does not contain the default denylisted ops: {SetText(denied)}");
    }

    private static string Tags(MetaGraphOutline graph) => PythonText.Repr(graph.Tags.Select(t => (object?)t).ToList());

    private static string SetText(IEnumerable<string> items) => PythonText.Repr(new PythonSet([.. items]));

    private void Tensor(string what, TensorInfo info, string indent)
    {
        output.WriteLine($"{indent}  {what} tensor_info:");
        output.WriteLine($"{indent}      dtype: {TypeName(info.Dtype)}");
        output.WriteLine($"{indent}      shape: {(info.TensorShape is { UnknownRank: true } ? "unknown_rank" : $"({string.Join(", ", info.TensorShape?.Dim.Select(d => d.Size) ?? [])})")}");
        output.WriteLine($"{indent}      name: {info.Name}");
    }

    /// <summary>The name that protobuf has for a type, <c>DT_FLOAT</c>.</summary>
    internal static string TypeName(DataType type) => TypesReflection.Descriptor.FindTypeByName<EnumDescriptor>("DataType").FindValueByNumber((int)type) is { } value
        ? value.Name
        : throw new PythonException("KeyError", $"{(int)type}");

    /// <summary>Lists of tags, item by item.</summary>
    private sealed class TagOrder : IComparer<IReadOnlyList<string>>
    {
        public int Compare(IReadOnlyList<string>? x, IReadOnlyList<string>? y)
        {
            for (var i = 0; i < Math.Min(x!.Count, y!.Count); i++)
            {
                if (CodePointOrder.Instance.Compare(x[i], y[i]) is not 0 and var order)
                    return order;
            }
            return x.Count.CompareTo(y!.Count);
        }
    }
}
