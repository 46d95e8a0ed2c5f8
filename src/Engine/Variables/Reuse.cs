namespace Engine.Variables;

/// <summary>What a variable scope does when a variable is asked for by name.</summary>
public enum Reuse
{
    /// <summary>As the scope around it.</summary>
    Inherit,
    /// <summary>Makes it; one that is there already is an error.</summary>
    Never,
    /// <summary>Finds it; one that is not there is an error.</summary>
    Always,
    /// <summary>Finds it, or makes it.</summary>
    Auto,
}
