using Engine.Graphs;

namespace Engine.Variables;

/// <summary>Makes the initial value of a variable. Those of TensorFlow are in <see cref="Initializers"/>.</summary>
public abstract class Initializer
{
    /// <summary>Adds the nodes that compute the value, through <paramref name="target"/>.</summary>
    public abstract Value Build(InitializerTarget target);

    /// <summary>The shape, where the initializer alone decides it; null where the variable does.</summary>
    public virtual Shape? Shape => null;

    /// <summary>The type, where the initializer alone decides it; Invalid where the variable does.</summary>
    public virtual DType Type => DType.Invalid;
}
