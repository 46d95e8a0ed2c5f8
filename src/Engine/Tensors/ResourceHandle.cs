using Engine.Resources;

namespace Engine;

/// <summary>An element of a resource tensor: where the resource is kept, and the resource itself once it was looked up.</summary>
public sealed class ResourceHandle
{
    /// <summary>The shared name that asks for a variable which only one node's handle leads to.</summary>
    public const string AnonymousName = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

    private Resource? resolved;

    /// <summary>A handle to the resource of this container and name.</summary>
    public ResourceHandle(string container, string name, Resource? resource = null)
    {
        Container = container;
        Name = name;
        resolved = resource;
    }

    /// <summary>The container; empty for the default one.</summary>
    public string Container { get; }

    /// <summary>The name within the container.</summary>
    public string Name { get; }

    /// <summary>Dtype of the values behind the handle, where known (variables).</summary>
    public DType ValueType { get; init; }

    /// <summary>Shape of the values behind the handle, where known (variables).</summary>
    public PartialShape ValueShape { get; init; } = PartialShape.Unknown;

    /// <summary>An anonymous resource: reached through its handles alone, freed with the last of them.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>The resource, if it was looked up before and still exists.</summary>
    internal Resource? Resolved
    {
        get => resolved is { IsDestroyed: false } ? resolved : null;
        set => resolved = value;
    }

    /// <summary>Container and name.</summary>
    public override string ToString() => $"{Container}/{Name}";
}
