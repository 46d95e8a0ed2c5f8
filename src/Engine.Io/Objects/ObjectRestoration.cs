using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;
using SavedObject = Engine.Io.Protos.TrackableObjectGraph.Types.TrackableObject;

namespace Engine.Io.Objects;

/// <summary>Restores an object-based checkpoint: which live object is which object of it is found along names, breadth first from the root.</summary>
internal sealed class ObjectRestoration : Restoration
{
    private readonly Protos.TrackableObjectGraph saved;
    private readonly Dictionary<int, object> byNumber = [];
    private readonly Dictionary<object, List<int>> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int Owner, SavedObject.Types.SlotVariableReference Slot)> slots = [];

    internal ObjectRestoration(Graph graph, Session session, string path, Trackable root, Dictionary<TableSaveable, (Value[] Feeds, Node Node)> tableRestores, Protos.TrackableObjectGraph saved)
        : base(graph, session, path, root, tableRestores)
    {
        this.saved = saved;
        foreach (var node in saved.Nodes)
        {
            foreach (var child in node.Children)
                Check(child.NodeId);
            foreach (var slot in node.SlotVariables)
            {
                Check(slot.OriginalVariableNodeId);
                Check(slot.SlotVariableNodeId);
            }
        }
    }

    internal override IReadOnlyList<string> UnusedKeys => [.. saved.Nodes.SelectMany((node, number) => Takes(number) ? [] : node.Attributes.Select(a => a.CheckpointKey))];

    internal override bool IsNontrivial => byNumber.Count > 1;

    protected override void Bind(Trackable? changed)
    {
        if (saved.Nodes.Count == 0)
            return;
        var pending = new Queue<int>();
        if (changed is null)
            Add(0, Root, pending);
        else
            Array.ForEach([.. numbers.GetValueOrDefault(changed) ?? []], pending.Enqueue);
        do
        {
            while (pending.TryDequeue(out var number))
                BindChildren(number, pending);
            BindSlots(pending);
        }
        while (pending.Count > 0);
    }

    private void BindChildren(int number, Queue<int> pending)
    {
        if (byNumber[number] is not Trackable live)
            return;
        Watch(live);
        foreach (var child in saved.Nodes[number].Children)
        {
            if (live.Children.FirstOrDefault(c => c.Key == child.LocalName).Value is { } found)
                Add(child.NodeId, found, pending);
        }
    }

    // A slot is found when its optimizer and its variable are.
    private void BindSlots(Queue<int> pending)
    {
        for (var i = slots.Count - 1; i >= 0; i--)
        {
            var (owner, slot) = slots[i];
            if (byNumber[owner] is not Trackable optimizer || !byNumber.TryGetValue(slot.OriginalVariableNodeId, out var original)
                || optimizer.Slots.FirstOrDefault(s => ReferenceEquals(s.Original, original) && s.Slot == slot.SlotName).Variable is not { } variable)
                continue;
            slots.RemoveAt(i);
            Add(slot.SlotVariableNodeId, variable, pending);
        }
    }

    private void Add(int number, object item, Queue<int> pending)
    {
        if (!byNumber.TryAdd(number, item))
            return;
        if (!numbers.TryGetValue(item, out var known))
            numbers[item] = known = [];
        known.Add(number);
        slots.AddRange(saved.Nodes[number].SlotVariables.Select(s => (number, s)));
        if (Takes(number))
            Wanted.AddRange(saved.Nodes[number].Attributes.Select(a => (item, a.CheckpointKey)));
        pending.Enqueue(number);
    }

    private bool Takes(int number) => byNumber.TryGetValue(number, out var item) && item is GraphVariable or TableSaveable;

    private void Check(int number)
    {
        if (number < 0 || number >= saved.Nodes.Count)
            throw new InvalidModelException(StatusCode.DataLoss, Path, $"the object graph has {saved.Nodes.Count} objects, and refers to number {number}.");
    }
}
