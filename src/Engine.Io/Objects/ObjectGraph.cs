using Engine.Io.Saving;
using Engine.Variables;
using Google.Protobuf;

namespace Engine.Io.Objects;

/// <summary>The objects reachable from a root, numbered breadth first, and the keys their values are stored under: along the first path found.</summary>
internal sealed class ObjectGraph
{
    private const string VariableValue = "VARIABLE_VALUE";

    private readonly List<object> objects = [];
    private readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> paths = [];
    private readonly List<(string Key, GraphVariable Variable)> variables = [];
    private readonly List<(string Key, TableSaveable Table)> tables = [];

    internal ObjectGraph(Trackable root)
    {
        Add(root, "");
        for (var i = 0; i < objects.Count; i++)
        {
            foreach (var (name, child) in (objects[i] as Trackable)?.Children ?? [])
                Add(child, paths[i].Length == 0 ? Escape(name) : $"{paths[i]}/{Escape(name)}");
        }
        // Slot variables follow all others, whether or not they are reached by a path too.
        for (int i = 0, count = objects.Count; i < count; i++)
        {
            foreach (var (original, slot, variable) in (objects[i] as Trackable)?.Slots ?? [])
            {
                if (numbers.TryGetValue(original, out var number))
                    Add(variable, $"{paths[number]}/.OPTIMIZER_SLOT/{paths[i]}/{Escape(slot)}");
            }
        }
        Message = MakeMessage();
    }

    internal Protos.TrackableObjectGraph Message { get; }

    internal IReadOnlyList<(string Key, GraphVariable Variable)> Variables => variables;

    internal IReadOnlyList<(string Key, TableSaveable Table)> Tables => tables;

    internal IReadOnlyList<object> Objects => objects;

    internal byte[] Serialized => Message.ToByteArray();

    internal static string Escape(string name) => name.Replace(".", "..", StringComparison.Ordinal).Replace("/", ".S", StringComparison.Ordinal);

    private void Add(object item, string path)
    {
        if (!numbers.TryAdd(item, objects.Count))
            return;
        objects.Add(item);
        paths.Add(path);
    }

    private Protos.TrackableObjectGraph MakeMessage()
    {
        var message = new Protos.TrackableObjectGraph();
        for (var i = 0; i < objects.Count; i++)
        {
            var node = new Protos.TrackableObjectGraph.Types.TrackableObject();
            if (objects[i] is Trackable trackable)
            {
                foreach (var (name, child) in trackable.Children)
                    node.Children.Add(new Protos.TrackableObjectGraph.Types.TrackableObject.Types.ObjectReference { LocalName = name, NodeId = numbers[child] });
                foreach (var (original, slot, variable) in trackable.Slots)
                {
                    if (numbers.TryGetValue(original, out var number))
                        node.SlotVariables.Add(new Protos.TrackableObjectGraph.Types.TrackableObject.Types.SlotVariableReference { OriginalVariableNodeId = number, SlotName = slot, SlotVariableNodeId = numbers[variable] });
                }
            }
            AddAttribute(node, objects[i], paths[i].Length == 0 ? "" : paths[i] + "/");
            message.Nodes.Add(node);
        }
        MarkValues(message);
        return message;
    }

    private void AddAttribute(Protos.TrackableObjectGraph.Types.TrackableObject node, object item, string path)
    {
        switch (item)
        {
            case GraphVariable variable:
                variables.Add(($"{path}.ATTRIBUTES/{VariableValue}", variable));
                node.Attributes.Add(new Protos.TrackableObjectGraph.Types.TrackableObject.Types.SerializedTensor { Name = VariableValue, FullName = variable.Name, CheckpointKey = variables[^1].Key });
                break;
            case TableSaveable table:
                tables.Add(($"{path}.ATTRIBUTES/table", table));
                node.Attributes.Add(new Protos.TrackableObjectGraph.Types.TrackableObject.Types.SerializedTensor { Name = "table", CheckpointKey = tables[^1].Key });
                break;
        }
    }

    // An object has values when it, or one it leads to, is stored; objects may lead in circles.
    private static void MarkValues(Protos.TrackableObjectGraph message)
    {
        var parents = message.Nodes.Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < message.Nodes.Count; i++)
        {
            foreach (var child in message.Nodes[i].Children)
                parents[child.NodeId].Add(i);
            foreach (var slot in message.Nodes[i].SlotVariables)
                parents[slot.SlotVariableNodeId].Add(i);
            message.Nodes[i].HasCheckpointValues = message.Nodes[i].Attributes.Count > 0;
        }
        var pending = new Stack<int>(Enumerable.Range(0, message.Nodes.Count).Where(i => message.Nodes[i].HasCheckpointValues == true));
        while (pending.TryPop(out var i))
        {
            foreach (var parent in parents[i].Where(p => message.Nodes[p].HasCheckpointValues != true))
            {
                message.Nodes[parent].HasCheckpointValues = true;
                pending.Push(parent);
            }
        }
    }
}
