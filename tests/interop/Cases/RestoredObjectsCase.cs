using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;

namespace Engine.Interop.Cases;

/// <summary>TensorFlow's object-based checkpoint, restored by us into objects of the same names and saved again: TensorFlow goes on training with the same losses. The objects are there
/// when the checkpoint is restored, or are tracked later.</summary>
internal sealed class RestoredObjectsCase : InteropCase
{
    private string trained = "";
    private bool later;

    internal override string Name => later ? "objects_restored_later" : "objects_restored";

    internal override string Kind => "objects_training";

    internal override IEnumerable<InteropCase> Variants(string trained)
        => [new RestoredObjectsCase { trained = Path.Combine(trained, "objects") }, new RestoredObjectsCase { trained = Path.Combine(trained, "objects"), later = true }];

    internal override void Write(CaseFolder folder)
    {
        var latest = CheckpointManagement.LatestCheckpoint(trained)!;
        var graph = new Graph();
        // The objects follow the checkpoint's own graph of names; each variable is made with the type and shape stored.
        using var reader = CheckpointReader.Open(latest);
        var root = new Node();
        foreach (var tensor in reader.Tensors.Where(t => t.Name.EndsWith("/.ATTRIBUTES/VARIABLE_VALUE", StringComparison.Ordinal) && !t.Name.StartsWith("save_counter", StringComparison.Ordinal)))
        {
            var variable = Variables.VariableBuilding.NewVariable(graph, Tensor.Zeros(tensor.Type, tensor.Shape), "v");
            root.Add(tensor.Name.Split('/')[..^2], variable);
        }
        using var session = new Session(graph);
        var checkpoint = new Checkpoint(graph, later ? [] : root.Children());
        var status = checkpoint.Restore(session, latest).AssertExistingObjectsMatched();
        if (later)
        {
            foreach (var (name, child) in root.Children())
                checkpoint.Track(name, child);
        }
        status.AssertConsumed();
        folder.Set("prefix", checkpoint.Write(session, folder["again"]));
        folder.Set("trained", trained);
    }

    private sealed class Node
    {
        private readonly Dictionary<string, object> children = [];

        internal void Add(ReadOnlySpan<string> path, object value)
        {
            if (path.Length == 1)
            {
                children[path[0]] = value;
                return;
            }
            if (!children.TryGetValue(path[0], out var child))
                children[path[0]] = child = new Node();
            ((Node)child).Add(path[1..], value);
        }

        internal IEnumerable<KeyValuePair<string, object>> Children()
            => children.Select(c => KeyValuePair.Create(c.Key, c.Value is Node node ? new Trackable(node.Children()) : c.Value));
    }
}
