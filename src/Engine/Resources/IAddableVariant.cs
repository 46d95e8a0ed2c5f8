namespace Engine.Resources;

/// <summary>A variant's value that can be added to another of its kind: gradients of lists are summed so.</summary>
public interface IAddableVariant
{
    /// <summary>The sum, a value of its own.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the two do not go together.</exception>
    object Add(object other);
}
