using Engine.Graphs;

namespace Engine.Variables;

/// <summary>A unit that is saved as one or more tensors and restored from them by a node of the graph.</summary>
public abstract class SaveableObject : ISaveable
{
    /// <summary>A unit.</summary>
    /// <param name="name">The name it is sorted by.</param>
    /// <param name="target">What is saved; no two units of a saver may have the same.</param>
    /// <param name="specs">The tensors to write.</param>
    protected SaveableObject(string name, Value target, IReadOnlyList<SaveSpec> specs)
    {
        Name = name;
        Target = target;
        Specs = specs;
    }

    /// <summary>The name it is sorted by.</summary>
    public string Name { get; }

    /// <summary>What is saved: a variable's edge or handle, a table's handle.</summary>
    public Value Target { get; }

    /// <summary>The tensors to write, and to ask for when restoring.</summary>
    public IReadOnlyList<SaveSpec> Specs { get; }

    string ISaveable.SaveName => Name;

    /// <summary>Adds the node that puts restored tensors in place.</summary>
    /// <param name="tensors">The tensors read, in the order of <see cref="Specs"/>.</param>
    /// <param name="reshape">Whether tensors of another shape are reshaped first.</param>
    public abstract Node Restore(IReadOnlyList<Value> tensors, bool reshape);

    IReadOnlyList<SaveableObject> ISaveable.Parts(string name) => [this];
}
