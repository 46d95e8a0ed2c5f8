using System.CommandLine;
using Engine.Io;

namespace Engine.Cli.Commands;

/// <summary><c>engine show</c>: what a SavedModel holds, without loading its variables.</summary>
internal static class ShowCommand
{
    internal static Command Create()
    {
        var directory = new Option<string>("--dir") { Description = "The folder of the SavedModel.", Required = true };
        var all = new Option<bool>("--all") { Description = "Everything: all graphs with all signatures." };
        var tags = new Option<string?>("--tag_set") { Description = "Tags of the graph, separated by commas." };
        var key = new Option<string?>("--signature_def") { Description = "Key of the signature." };
        var command = new Command("show", "Shows the graphs and signatures of a SavedModel.") { directory, all, tags, key };
        command.SetAction(arguments =>
        {
            var graphs = SavedModelSummary.Read(arguments.GetValue(directory)!);
            if (arguments.GetValue(all))
                ShowAll(graphs);
            else if (arguments.GetValue(tags) is not { } wanted)
                ShowTags(graphs);
            else if (arguments.GetValue(key) is { } signature)
                ShowSignature(Find(graphs, wanted), signature);
            else
                ShowKeys(Find(graphs, wanted));
            return 0;
        });
        return command;
    }

    private static void ShowAll(IReadOnlyList<SavedModelSummary> graphs)
    {
        foreach (var graph in graphs)
        {
            Console.WriteLine($"\nMetaGraphDef with tag-set: '{string.Join(", ", graph.Tags)}' contains the following SignatureDefs:");
            foreach (var (key, signature) in graph.Signatures.OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                Console.WriteLine($"\nsignature_def['{key}']:");
                Print(signature, "  ");
            }
        }
    }

    private static void ShowTags(IReadOnlyList<SavedModelSummary> graphs)
    {
        Console.WriteLine("The given SavedModel contains the following tag-sets:");
        foreach (var graph in graphs)
            Console.WriteLine($"'{string.Join(", ", graph.Tags.Order(StringComparer.Ordinal))}'");
    }

    private static void ShowKeys(SavedModelSummary graph)
    {
        Console.WriteLine("The given SavedModel MetaGraphDef contains SignatureDefs with the following keys:");
        foreach (var key in graph.Signatures.Keys.Order(StringComparer.Ordinal))
            Console.WriteLine($"SignatureDef key: \"{key}\"");
    }

    private static void ShowSignature(SavedModelSummary graph, string key) => Print(graph.Signatures.TryGetValue(key, out var signature)
        ? signature
        : throw EngineException.InvalidArgument($"Could not find signature \"{key}\". Please choose from: {string.Join(", ", graph.Signatures.Keys.Order(StringComparer.Ordinal))}"), "");

    private static SavedModelSummary Find(IReadOnlyList<SavedModelSummary> graphs, string tags)
    {
        var wanted = tags.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        return graphs.FirstOrDefault(g => wanted.SetEquals(g.Tags))
            ?? throw EngineException.InvalidArgument($"MetaGraphDef associated with tag-set {tags} could not be found in the SavedModel. Please use one of the following tag-sets: {string.Join("; ", graphs.Select(g => string.Join(",", g.Tags)))}");
    }

    private static void Print(Signature signature, string indent)
    {
        Console.WriteLine($"{indent}The given SavedModel SignatureDef contains the following input(s):");
        foreach (var (key, info) in signature.Inputs.OrderBy(i => i.Key, StringComparer.Ordinal))
            Print($"inputs['{key}']", info, indent);
        Console.WriteLine($"{indent}The given SavedModel SignatureDef contains the following output(s):");
        foreach (var (key, info) in signature.Outputs.OrderBy(o => o.Key, StringComparer.Ordinal))
            Print($"outputs['{key}']", info, indent);
        Console.WriteLine($"{indent}Method name is: {signature.MethodName}");
    }

    private static void Print(string what, SignatureTensor info, string indent)
    {
        Console.WriteLine($"{indent}  {what} tensor_info:");
        Console.WriteLine($"{indent}      dtype: DT_{TypeName(info.Type)}");
        Console.WriteLine($"{indent}      shape: {(info.Shape.HasRank ? $"({string.Join(", ", info.Shape.Dims.ToArray())})" : "unknown_rank")}");
        Console.WriteLine($"{indent}      name: {info.Name}");
    }

    private static string TypeName(DType type) => type.Name().ToUpperInvariant();
}
