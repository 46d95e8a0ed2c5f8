using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>
/// All steps of a recurrent layer, by one thread or by several together. Each thread goes through the steps and claims blocks of units, its own ones first; a step begins
/// when the last one's blocks are all done. So a thread that comes late, or never, is not waited for.
/// </summary>
internal unsafe struct RecurrentSteps : IRangeBody
{
    /// <summary>Roughly the cycles of a step that pay for another thread.</summary>
    private const long CyclesPerThread = 700;

    private const int Line = 64;

    /// <summary>Rows whose sums are kept at a time.</summary>
    private const int SumRows = 8;

    private readonly RecurrentWeights weights;
    private readonly CancellationToken cancellation;
    private readonly float* products;
    private readonly float* h;
    private readonly float* c;
    private readonly bool* mask;
    private readonly int batch;
    private readonly int steps;
    private delegate*<ref RecurrentSteps, long, long, void> compute;
    private int threads;
    private int joined;
    private byte* claims;
    private byte* progress;
    private bool stopped;

    /// <summary>Describes the steps.</summary>
    /// <param name="weights">The layer.</param>
    /// <param name="products">Products of the inputs, [steps, batch, columns].</param>
    /// <param name="h">States, [steps + 1, batch, units], of which the first is given.</param>
    /// <param name="c">The cells' memory, [blocks, batch, width], or null.</param>
    /// <param name="mask">Which rows have a step, [steps, batch], or null for all. The others keep their state.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="steps">How many steps there are.</param>
    /// <param name="cancellation">Ends the loop early.</param>
    internal RecurrentSteps(RecurrentWeights weights, float* products, float* h, float* c, bool* mask, long batch, long steps, CancellationToken cancellation)
    {
        this.weights = weights;
        this.products = products;
        this.h = h;
        this.c = c;
        this.mask = mask;
        this.batch = (int)batch;
        this.steps = (int)steps;
        this.cancellation = cancellation;
    }

    /// <summary>Runs the steps.</summary>
    internal void Run<TCell>(WorkerTeam team)
        where TCell : struct, IRecurrentCell
    {
        if (Vector512.IsHardwareAccelerated)
            compute = &Block<Lanes512<float>, Vector512<float>, TCell>;
        else if (Vector256.IsHardwareAccelerated)
            compute = &Block<Lanes256<float>, Vector256<float>, TCell>;
        else if (Vector128.IsHardwareAccelerated)
            compute = &Block<Lanes128<float>, Vector128<float>, TCell>;
        else
            compute = &Block<ScalarLanes<float>, float, TCell>;
        var cycles = (long)batch * weights.Blocks * (((long)weights.Units * weights.Gates * (batch > 1 ? 1 : 2) / 2) + 100);
        threads = (int)Math.Min(Math.Min(team.AvailableThreads, weights.Blocks), Math.Max(1, cycles / CyclesPerThread));
        if (threads == 1)
        {
            Alone();
        }
        else
        {
            using var shared = new Scratch<byte>((weights.Blocks + threads) * Line);
            new Span<byte>(shared.Pointer, (weights.Blocks + threads) * Line).Clear();
            claims = shared.Pointer;
            progress = claims + (weights.Blocks * Line);
            team.Run(threads, cycles * steps / threads, ref this);
        }
        GC.KeepAlive(weights);
        if (stopped)
            throw EngineException.Cancelled("The run was cancelled.");
    }

    /// <summary>One thread's part in all steps.</summary>
    public void Invoke(long start, long end)
    {
        var id = Interlocked.Increment(ref joined) - 1;
        if (id >= threads)
            return;
        var blocks = weights.Blocks;
        var (first, last) = ((int)((long)blocks * id / threads), (int)((long)blocks * (id + 1) / threads));
        var mine = (long*)(progress + (id * Line));
        for (var step = Total() / blocks; step < steps; step++)
        {
            if (cancellation.IsCancellationRequested)
                Volatile.Write(ref stopped, true);
            // Forth and back: what a step reads last is in the first-level cache when the next one begins.
            var back = (step & 1) != 0;
            var done = 0;
            for (var i = 0; i < blocks; i++)
            {
                var block = i < last - first
                    ? back ? last - 1 - i : first + i
                    : back ? (i + first) % blocks : (blocks + last - 1 - i) % blocks;
                var claim = (int*)(claims + (block * Line));
                if (Volatile.Read(ref *claim) != step || Interlocked.CompareExchange(ref *claim, (int)step + 1, (int)step) != (int)step)
                    continue;
                compute(ref this, step, block);
                done++;
            }
            if (done > 0)
                Volatile.Write(ref *mine, *mine + done);
            if (!Await((step + 1) * blocks))
                return;
        }
    }

    private void Alone()
    {
        for (var step = 0; step < steps; step++)
        {
            if (cancellation.IsCancellationRequested)
            {
                stopped = true;
                return;
            }
            var back = (step & 1) != 0;
            for (var i = 0; i < weights.Blocks; i++)
                compute(ref this, step, back ? weights.Blocks - 1 - i : i);
        }
    }

    // Blocks done by all threads.
    private readonly long Total()
    {
        var total = 0L;
        for (var i = 0; i < threads; i++)
            total += Volatile.Read(ref *(long*)(progress + (i * Line)));
        return total;
    }

    private bool Await(long blocks)
    {
        for (var spins = 0; Total() < blocks; spins++)
        {
            if (Volatile.Read(ref stopped))
                return false;
            if (spins > 500)
                Thread.Yield();
            else if (X86Base.IsSupported)
                X86Base.Pause();
            else
                Thread.SpinWait(1);
        }
        return true;
    }

    // A step of the units of one block.
    [SkipLocalsInit]
    private static void Block<W, V, TCell>(ref RecurrentSteps loop, long step, long block)
        where W : struct, IFloatLanes<V, float>
        where TCell : struct, IRecurrentCell
    {
        var weights = loop.weights;
        nint units = weights.Units, batch = loop.batch, count = Math.Min(W.Count, units - ((nint)block * W.Count)), gates = TCell.Gates * W.Count;
        var matrix = weights.Recurrent + (block * units * gates);
        var input = loop.products + (((step * batch * weights.Blocks) + block) * gates);
        var old = loop.h + (step * batch * units);
        var mask = loop.mask is null ? null : loop.mask + (step * batch);
        var memory = stackalloc float[(SumRows * 4 * W.Count) + (2 * W.Count) + 16];
        var sums = (float*)(((nint)memory + 63) & ~63);
        var oldPart = sums + (SumRows * 4 * W.Count);
        var newPart = oldPart + W.Count;
        for (nint row = 0; row < batch; row += SumRows)
        {
            var rows = Math.Min(SumRows, batch - row);
            if (mask is null || Any(mask + row, rows))
                TCell.Multiply<W, V>(rows, units, old + (row * units), units, matrix, sums);
            for (nint i = 0; i < rows; i++)
            {
                var from = old + ((row + i) * units) + (block * W.Count);
                var to = from + (batch * units);
                if (mask is not null && !mask[row + i])
                {
                    Copy(from, to, count);
                    continue;
                }
                var c = loop.c is null ? null : loop.c + (((block * batch) + row + i) * W.Count);
                var x = input + ((row + i) * weights.Blocks * gates);
                if (count == W.Count)
                {
                    TCell.Update<W, V>(sums + (i * gates), x, weights.StateBias + (block * W.Count), from, c, to);
                    continue;
                }
                Copy(from, oldPart, count);
                TCell.Update<W, V>(sums + (i * gates), x, weights.StateBias + (block * W.Count), oldPart, c, newPart);
                Copy(newPart, to, count);
            }
        }
    }

    private static bool Any(bool* mask, nint count) => new ReadOnlySpan<bool>(mask, (int)count).Contains(true);

    private static void Copy(float* from, float* to, nint count) => Buffer.MemoryCopy(from, to, count * sizeof(float), count * sizeof(float));
}
