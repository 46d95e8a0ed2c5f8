namespace Engine.Io;

/// <summary>A named input or output of a signature.</summary>
/// <param name="Name">The tensor in the graph, <c>node:0</c>; an operation's name for the init op's signature.</param>
/// <param name="Type">Element type; Invalid where the file says none.</param>
/// <param name="Shape">What the file says about the shape.</param>
public sealed record SignatureTensor(string Name, DType Type, PartialShape Shape);
