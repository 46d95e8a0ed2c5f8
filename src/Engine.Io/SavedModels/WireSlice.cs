using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Io.SavedModels;

/// <summary>Keeps a part of a message for later.</summary>
internal static class WireSlice
{
    /// <summary>The memory of a span that lies in <paramref name="whole"/>.</summary>
    internal static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> whole, ReadOnlySpan<byte> part) => part.IsEmpty
        ? default
        : whole.Slice((int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(whole.Span), ref MemoryMarshal.GetReference(part)), part.Length);
}
