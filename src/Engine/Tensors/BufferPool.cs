using System.Numerics;

namespace Engine;

/// <summary>
/// Native buffers ready for use again, by size class (four classes per power of two, from 64 bytes). Requests beyond the machine's memory
/// are refused before anything is allocated.
/// </summary>
internal sealed class BufferPool
{
    private const int ClassCount = 4 * 58;
    private const int MinimumLog = 6;

    private readonly Stack<NativeBuffer>[] free = new Stack<NativeBuffer>[ClassCount];
    private long live;
    private long pooled;

    private BufferPool()
    {
        for (var i = 0; i < free.Length; i++)
            free[i] = new();
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        Limit = available;
        MaxPooled = Math.Min(available / 8, 512L << 20);
    }

    /// <summary>The pool of the process.</summary>
    internal static BufferPool Shared { get; } = new();

    /// <summary>Bytes that may be in use at most.</summary>
    internal long Limit { get; }

    /// <summary>Bytes kept for reuse at most.</summary>
    internal long MaxPooled { get; }

    /// <summary>Native bytes in use or kept.</summary>
    internal long LiveBytes => Volatile.Read(ref live);

    /// <summary>The class whose buffers hold at least <paramref name="bytes"/>.</summary>
    internal static int ClassOf(long bytes)
    {
        if (bytes <= 1 << MinimumLog)
            return 0;
        var log = 63 - BitOperations.LeadingZeroCount((ulong)(bytes - 1));
        return (((log - MinimumLog) << 2) | (int)(((bytes - 1) >> (log - 2)) & 3)) + 1;
    }

    /// <summary>Bytes of the buffers of a class.</summary>
    internal static long SizeOf(int sizeClass)
    {
        if (sizeClass == 0)
            return 1 << MinimumLog;
        var log = ((sizeClass - 1) >> 2) + MinimumLog;
        return (1L << log) + ((((sizeClass - 1) & 3) + 1L) << (log - 2));
    }

    /// <summary>A buffer of at least <paramref name="bytes"/>; its contents are undefined.</summary>
    /// <exception cref="EngineException">RESOURCE_EXHAUSTED when the machine cannot hold it.</exception>
    internal NativeBuffer Rent(long bytes)
    {
        var sizeClass = bytes > Limit ? ClassCount : ClassOf(bytes);
        if (sizeClass >= ClassCount)
            throw TooLarge(bytes);
        lock (free)
        {
            if (free[sizeClass].TryPop(out var buffer))
            {
                pooled -= buffer.Capacity;
                return Renew(buffer);
            }
        }
        var size = SizeOf(sizeClass);
        if (Interlocked.Add(ref live, size) > Limit)
        {
            Trim();
            if (Volatile.Read(ref live) > Limit)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
            if (Volatile.Read(ref live) > Limit)
            {
                Interlocked.Add(ref live, -size);
                throw TooLarge(bytes);
            }
        }
        try
        {
            return new NativeBuffer(size, sizeClass);
        }
        catch (OutOfMemoryException)
        {
            Interlocked.Add(ref live, -size);
            throw TooLarge(bytes);
        }
    }

    /// <summary>Takes a buffer back that nobody refers to.</summary>
    internal void Return(NativeBuffer buffer)
    {
        lock (free)
        {
            if (pooled + buffer.Capacity <= MaxPooled)
            {
                pooled += buffer.Capacity;
                free[buffer.SizeClass].Push(buffer);
                return;
            }
        }
        buffer.Discard();
    }

    /// <summary>Notes that native memory was freed.</summary>
    internal void Forget(long bytes) => Interlocked.Add(ref live, -bytes);

    /// <summary>Frees all memory kept for reuse.</summary>
    internal void Trim()
    {
        lock (free)
        {
            foreach (var stack in free)
            {
                while (stack.TryPop(out var buffer))
                    buffer.Discard();
            }
            pooled = 0;
        }
    }

    private static NativeBuffer Renew(NativeBuffer buffer)
    {
        buffer.IsVariableStorage = false;
        buffer.Reset();
        return buffer;
    }

    private static EngineException TooLarge(long bytes)
        => EngineException.ResourceExhausted($"Out of memory: a tensor of {bytes} bytes cannot be allocated.");
}
