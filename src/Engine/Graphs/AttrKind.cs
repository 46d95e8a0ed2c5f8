namespace Engine.Graphs;

/// <summary>What an attribute holds.</summary>
public enum AttrKind
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Bytes.</summary>
    String,
    /// <summary>A 64-bit integer.</summary>
    Int,
    /// <summary>A binary32.</summary>
    Float,
    /// <summary>A truth value.</summary>
    Bool,
    /// <summary>An element type.</summary>
    Type,
    /// <summary>A partial shape.</summary>
    Shape,
    /// <summary>A tensor.</summary>
    Tensor,
    /// <summary>A function's name with attributes.</summary>
    Func,
    /// <summary>In a function body: the attribute of the function that is put here.</summary>
    Placeholder,
    /// <summary>A list of one of the kinds above.</summary>
    List,
}
