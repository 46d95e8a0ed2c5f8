namespace Engine.Graphs;

/// <summary>A function by name, with the attributes it is instantiated with (<c>NameAttrList</c>).</summary>
public sealed record FunctionReference(string Name, IReadOnlyDictionary<string, AttrValue> Attrs)
{
    /// <summary>A function without attributes.</summary>
    public FunctionReference(string name) : this(name, new Dictionary<string, AttrValue>())
    {
    }
}
