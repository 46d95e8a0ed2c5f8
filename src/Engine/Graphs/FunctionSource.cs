namespace Engine.Graphs;

/// <summary>A function that still is as its file has it: exporters write many functions that no signature reaches, so they are read when they are asked for.</summary>
public abstract class FunctionSource
{
    /// <summary>The function's name.</summary>
    public abstract string Name { get; }

    /// <summary>Reads it.</summary>
    public abstract FunctionDefinition Read();

    /// <summary>Whether the function may have nodes of an op; false only when it surely has none.</summary>
    /// <param name="op">The op.</param>
    public abstract bool MayHave(string op);
}
