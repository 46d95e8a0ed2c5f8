namespace Engine.Io.Tests;

/// <summary>Damaged copies of bytes, the same ones in every run.</summary>
internal static class Mutations
{
    /// <summary>Copies that are cut, have bits flipped, bytes replaced, parts repeated, removed or swapped for huge numbers.</summary>
    internal static IEnumerable<byte[]> Of(byte[] original, int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var copy = new List<byte>(original);
            for (var changes = random.Next(1, 4); changes > 0 && copy.Count > 0; changes--)
                Change(copy, random);
            yield return [.. copy];
        }
    }

    /// <summary>Runs an action that may fail only as <see cref="EngineException"/> and may allocate only in proportion to its input.</summary>
    internal static void AssertHarmless(byte[] input, Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            action();
        }
        catch (EngineException)
        {
            // Said what is wrong.
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < (4 << 20) + 200L * input.Length, $"{allocated} bytes were allocated for an input of {input.Length}: {Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 200)))}");
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(7))
        {
            case 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                bytes.RemoveRange(at, random.Next(Math.Min(16, bytes.Count - at)) + 1 is var n && n <= bytes.Count - at ? n : 1);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                break;
            case 5:
                bytes.InsertRange(at, Enumerable.Repeat((byte)0xFF, random.Next(1, 12)));
                break;
            default:
                for (var i = at; i < Math.Min(bytes.Count, at + 8); i++)
                    bytes[i] = (byte)(i - at < 7 ? 0xFF : 0x7F);
                break;
        }
    }
}
