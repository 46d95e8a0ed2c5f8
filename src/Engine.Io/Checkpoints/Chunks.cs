namespace Engine.Io.Checkpoints;

/// <summary>Memory of any length, as spans.</summary>
internal static unsafe class Chunks
{
    // A multiple of every element size.
    private const long Size = 1 << 30;

    internal delegate bool Test(ReadOnlySpan<byte> chunk);

    internal delegate void Work(Span<byte> chunk);

    internal static bool All(byte* bytes, long length, Test test)
    {
        for (; length > 0; bytes += Size, length -= Size)
        {
            if (!test(new(bytes, (int)Math.Min(length, Size))))
                return false;
        }
        return true;
    }

    internal static void ForEach(byte* bytes, long length, Work work) => ForEach(bytes, length, Size, work);

    internal static void ForEach(byte* bytes, long length, long size, Work work)
    {
        for (; length > 0; bytes += size, length -= size)
            work(new(bytes, (int)Math.Min(length, size)));
    }
}
