namespace Engine.Variables;

/// <summary>Which part of a partitioned variable a variable is (<c>SaveSliceInfo</c>).</summary>
/// <param name="FullName">The name of the whole.</param>
/// <param name="FullShape">The shape of the whole.</param>
/// <param name="Offset">Where the part begins, per dimension.</param>
/// <param name="Shape">The shape of the part.</param>
public sealed record SaveSlice(string FullName, Shape FullShape, IReadOnlyList<long> Offset, Shape Shape)
{
    /// <summary>The text checkpoints know it by, <c>10 20 0,5:0,20</c>.</summary>
    public string Spec => $"{string.Join(' ', FullShape.Dims.ToArray())} {string.Join(':', Offset.Select((o, i) => $"{o},{Shape[i]}"))}";
}
