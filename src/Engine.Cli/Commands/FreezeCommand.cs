using System.CommandLine;
using Engine.Io;

namespace Engine.Cli.Commands;

/// <summary><c>engine freeze</c>: a SavedModel as one graph file, its variables as constants.</summary>
internal static class FreezeCommand
{
    internal static Command Create(Terminal terminal)
    {
        var directory = new Option<string>("--dir") { Description = "The folder of the SavedModel.", Required = true };
        var tags = new Option<string?>("--tag_set") { Description = "Tags of the graph, separated by commas." };
        var signatures = new Option<string[]>("--signature_def") { Description = "Keys of the signatures to keep; all if none is given.", AllowMultipleArgumentsPerToken = true };
        var nodes = new Option<string[]>("--output_node_names") { Description = "Nodes to keep, in place of signatures; several separated by commas." };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "A checkpoint in place of the model's own variables." };
        var output = new Option<string>("--output") { Description = "The file to write: .pb, or .pbtxt for text.", Required = true };
        var command = new Command("freeze", "Writes a SavedModel as one graph without variables.") { directory, tags, signatures, nodes, checkpoint, output };
        command.SetAction(arguments =>
        {
            using var progress = new Progress(terminal);
            progress.Begin("Loading");
            var folder = arguments.GetValue(directory)!;
            using var model = arguments.GetValue(tags) is { } set
                ? SavedModel.Load(folder, set.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                : SavedModel.Load(folder);
            if (arguments.GetValue(checkpoint) is { } prefix)
                model.MetaGraph.Restore(prefix);
            progress.Begin("Freezing");
            string[] outputs = [.. (arguments.GetValue(nodes) ?? []).SelectMany(n => n.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
            var graph = outputs.Length > 0
                ? GraphFreezing.VariablesToConstants(model.Session, outputs)
                : GraphFreezing.VariablesToConstants(model, arguments.GetValue(signatures) is { Length: > 0 } keys ? keys : null);
            GraphFile.Write(arguments.GetValue(output)!, graph);
            progress.End();
            terminal.Out.WriteLine($"{graph.Nodes.Count} nodes are in the frozen graph {arguments.GetValue(output)}");
            return 0;
        });
        return command;
    }
}
