using Engine.Variables;

namespace Engine.Io.Objects;

/// <summary>Which live object is which object of a checkpoint: found along names, breadth first from the roots.</summary>
internal sealed class ObjectBinding
{
    private readonly Dictionary<int, object> byNumber = [];
    private readonly HashSet<object> bound = new(ReferenceEqualityComparer.Instance);

    internal ObjectBinding(Protos.TrackableObjectGraph saved, Trackable root, string file)
    {
        if (saved.Nodes.Count == 0)
            return;
        var pending = new Queue<int>();
        Bind(0, root, pending);
        while (pending.TryDequeue(out var number))
        {
            var node = saved.Nodes[number];
            var live = byNumber[number] as Trackable;
            foreach (var child in node.Children)
            {
                Check(child.NodeId, saved, file);
                if (live?.Children.FirstOrDefault(c => c.Key == child.LocalName).Value is { } found)
                    Bind(child.NodeId, found, pending);
            }
            foreach (var slot in node.SlotVariables)
            {
                Check(slot.OriginalVariableNodeId, saved, file);
                Check(slot.SlotVariableNodeId, saved, file);
            }
        }
        foreach (var (number, item) in byNumber.ToArray())
        {
            foreach (var slot in saved.Nodes[number].SlotVariables)
            {
                if (item is Trackable optimizer && byNumber.TryGetValue(slot.OriginalVariableNodeId, out var original)
                    && optimizer.Slots.FirstOrDefault(s => ReferenceEquals(s.Original, original) && s.Slot == slot.SlotName).Variable is { } variable)
                    Bind(slot.SlotVariableNodeId, variable, pending);
            }
        }
    }

    /// <summary>Number in the checkpoint → live object.</summary>
    internal IReadOnlyDictionary<int, object> ByNumber => byNumber;

    internal bool IsBound(object item) => bound.Contains(item);

    private void Bind(int number, object item, Queue<int> pending)
    {
        if (!byNumber.TryAdd(number, item))
            return;
        bound.Add(item);
        pending.Enqueue(number);
    }

    private static void Check(int number, Protos.TrackableObjectGraph saved, string file)
    {
        if (number < 0 || number >= saved.Nodes.Count)
            throw new InvalidModelException(StatusCode.DataLoss, file, $"the object graph has {saved.Nodes.Count} objects, and refers to number {number}.");
    }
}
