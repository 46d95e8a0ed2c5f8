namespace Engine.Io.Checkpoints;

/// <summary>The order of keys in a table: by unsigned bytes.</summary>
internal sealed class KeyOrder : IComparer<byte[]>
{
    internal static KeyOrder Instance { get; } = new();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
