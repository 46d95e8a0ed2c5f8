namespace Engine.Variables;

/// <summary>How copies of a variable on several devices are brought together. Kept for other readers; this engine has one copy.</summary>
public enum VariableAggregation
{
    /// <summary>Not at all.</summary>
    None = 0,
    /// <summary>Added.</summary>
    Sum = 1,
    /// <summary>Averaged.</summary>
    Mean = 2,
    /// <summary>The first counts.</summary>
    OnlyFirstReplica = 3,
}
