using Engine.Variables;

namespace Engine.Io;

/// <summary>
/// An object of an object-based checkpoint: names lead to variables, tables and other objects, as attributes do in TensorFlow 2. Lists and dictionaries of them
/// will do too. Optimizers also have slots, variables that belong to another variable.
/// </summary>
public class Trackable
{
    private readonly List<KeyValuePair<string, object>> children = [];
    private readonly List<(GraphVariable Original, string Slot, GraphVariable Variable)> slots = [];

    /// <summary>An object without children.</summary>
    public Trackable()
    {
    }

    /// <summary>An object with children.</summary>
    /// <param name="children">Name → <see cref="GraphVariable"/>, <see cref="TableSaveable"/>, <see cref="Trackable"/>, or a list or dictionary of such.</param>
    public Trackable(IEnumerable<KeyValuePair<string, object>> children)
    {
        foreach (var (name, child) in children)
            Track(name, child);
    }

    /// <summary>The children in the order of tracking; lists and dictionaries as objects of their own.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Children => children;

    /// <summary>The slots: variable, name, and the variable that belongs to it.</summary>
    public IReadOnlyList<(GraphVariable Original, string Slot, GraphVariable Variable)> Slots => slots;

    /// <summary>Checkpoints that have values for what is tracked later.</summary>
    internal List<Objects.Restoration> Watchers { get; } = [];

    /// <summary>Adds a child. If it is in a checkpoint that was restored before, it is restored now.</summary>
    /// <exception cref="EngineException">ALREADY_EXISTS for a name that is taken; INVALID_ARGUMENT for what cannot be tracked.</exception>
    public void Track(string name, object child)
    {
        if (children.Exists(c => c.Key == name))
            throw EngineException.AlreadyExists($"There is a child '{name}' already.");
        children.Add(new(name, child switch
        {
            GraphVariable or TableSaveable or Trackable => child,
            IEnumerable<KeyValuePair<string, object>> named => new Trackable(named),
            System.Collections.IEnumerable list and not string => new Trackable(list.Cast<object>().Select((c, i) => KeyValuePair.Create($"{i}", c))),
            _ => throw EngineException.InvalidArgument($"'{name}' is {child.GetType().Name}, which cannot be tracked."),
        }));
        Notify();
    }

    /// <summary>Adds a slot, as an optimizer's momentum of a variable.</summary>
    public void TrackSlot(string slot, GraphVariable original, GraphVariable variable)
    {
        slots.Add((original, slot, variable));
        Notify();
    }

    private void Notify()
    {
        foreach (var restoration in Watchers.ToArray())
            restoration.Changed(this);
    }
}
