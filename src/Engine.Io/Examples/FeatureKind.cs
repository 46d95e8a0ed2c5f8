namespace Engine.Io.Examples;

/// <summary>What a feature holds.</summary>
public enum FeatureKind
{
    /// <summary>Nothing that is known: not even a list.</summary>
    None,
    /// <summary>Byte strings.</summary>
    Bytes,
    /// <summary>Floats of 32 bits.</summary>
    Floats,
    /// <summary>Integers of 64 bits.</summary>
    Integers,
}
