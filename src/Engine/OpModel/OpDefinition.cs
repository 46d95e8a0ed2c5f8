using System.Collections.Immutable;

namespace Engine.OpModel;

/// <summary>The definition of an op type (<c>OpDef</c>): arguments, attributes and flags. Which dtypes run is the kernel's matter.</summary>
/// <param name="Name">The op type.</param>
/// <param name="Inputs">Input arguments in order.</param>
/// <param name="Outputs">Output arguments in order.</param>
/// <param name="Attrs">Attributes in order.</param>
public sealed record OpDefinition(string Name, ImmutableArray<ArgDefinition> Inputs, ImmutableArray<ArgDefinition> Outputs,
    ImmutableArray<AttrDefinition> Attrs)
{
    /// <summary>Whether running it has an effect or depends on state; such nodes are neither folded nor merged.</summary>
    public bool IsStateful { get; init; }

    /// <summary>Whether inputs may be swapped.</summary>
    public bool IsCommutative { get; init; }

    /// <summary>Whether it sums its inputs.</summary>
    public bool IsAggregate { get; init; }

    /// <summary>Whether reference inputs may be uninitialized.</summary>
    public bool AllowsUninitializedInput { get; init; }

    /// <summary>The GraphDef version from which on graphs may not use it; null when never removed.</summary>
    public int? DeprecatedAt { get; init; }

    /// <summary>Names of a function's control outputs.</summary>
    public ImmutableArray<string> ControlOutputs { get; init; } = [];

    /// <summary>The attribute of this name, or null.</summary>
    public AttrDefinition? Attr(string name)
    {
        foreach (var a in Attrs)
        {
            if (a.Name == name)
                return a;
        }
        return null;
    }
}
