namespace Engine.Variables;

/// <summary>Which connections of a layer the variance of its weights is scaled by.</summary>
public enum FanMode
{
    /// <summary>The inputs of a unit.</summary>
    Input,
    /// <summary>The outputs of a unit.</summary>
    Output,
    /// <summary>The mean of both.</summary>
    Average,
}
