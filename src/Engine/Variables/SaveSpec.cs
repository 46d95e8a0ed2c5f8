using Engine.Graphs;

namespace Engine.Variables;

/// <summary>One tensor of what is saved.</summary>
/// <param name="Tensor">The tensor to write; a reference edge for a TF 1 variable.</param>
/// <param name="Name">The name in the checkpoint.</param>
/// <param name="ShapeAndSlice">Which part of a partitioned variable it is, <c>10 20 0,5:0,20</c>; "" for a whole tensor.</param>
/// <param name="Device">Where it lives, by which sharded savers group.</param>
public sealed record SaveSpec(Value Tensor, string Name, string ShapeAndSlice = "", string Device = "");
