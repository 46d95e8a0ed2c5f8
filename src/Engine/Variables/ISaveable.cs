namespace Engine.Variables;

/// <summary>What a saver can save: a variable, a partitioned one, a table, or anything that knows how to be restored.</summary>
public interface ISaveable
{
    /// <summary>The name under which it is saved when none is given.</summary>
    string SaveName { get; }

    /// <summary>What to write and how to restore it: one part, or one per partition. May add nodes to the graph.</summary>
    /// <param name="name">The name in the checkpoint.</param>
    IReadOnlyList<SaveableObject> Parts(string name);
}
