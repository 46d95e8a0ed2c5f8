namespace Engine.Variables;

/// <summary>When copies of a variable on several devices are brought together. Kept for other readers; this engine has one copy.</summary>
public enum VariableSynchronization
{
    /// <summary>As the strategy decides.</summary>
    Auto = 0,
    /// <summary>Never.</summary>
    None = 1,
    /// <summary>When written.</summary>
    OnWrite = 2,
    /// <summary>When read.</summary>
    OnRead = 3,
}
