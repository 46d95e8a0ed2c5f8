using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Engine.Runtime;

/// <summary>
/// A fixed team of threads that splits loops over independent items. The caller of <see cref="Run{TBody}"/> always takes part, so
/// a team of one has no thread of its own.
/// </summary>
/// <remarks>
/// Idle threads watch for work for a short while, then park. A thread that wakes too late for a loop finds it closed and is not
/// waited for. The team serves one loop at a time: a loop started while another one runs, or from inside one, runs on its caller.
/// </remarks>
public sealed unsafe class WorkerTeam : IDisposable
{
    /// <summary>Loops of fewer cycles than this run on the caller: handing them over costs more than it saves.</summary>
    private const long InlineCycles = 20_000;

    /// <summary>Pieces per thread, so that a thread which was held up does not hold up the loop.</summary>
    private const int PiecesPerThread = 4;

    /// <summary>How long an idle thread watches before it parks, in microseconds.</summary>
    private const long WatchMicroseconds = 100;

    // _state: the loop's number in the upper half, whether it accepts threads, how many are in it.
    private const long OneLoop = 1L << 32;
    private const long Open = 1L << 31;
    private const long ThreadsInLoop = Open - 1;

    private static readonly Lazy<WorkerTeam> LazyShared = new(() => new WorkerTeam(Environment.ProcessorCount));

    [ThreadStatic]
    private static bool t_insideLoop;

    private readonly Thread[] _threads;
    private readonly Share[] _shares;
    private readonly object _gate = new();
    private long _state;
    private int _claimed;
    private int _parked;
    private bool _disposed;

    private delegate*<void*, long, long, void> _invoke;
    private void* _body;
    private long _count;
    private long _piece;
    private long _pieces;
    private Exception? _failure;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">How many threads work on a loop, the caller of <see cref="Run{TBody}"/> included; at least 1.</param>
    /// <param name="processors">
    /// Where the threads stay: thread i on the processor at i, from the start again if there are fewer. Thread 0 is the caller, who is not moved.
    /// Nowhere in particular if empty.
    /// </param>
    /// <exception cref="EngineException">UNIMPLEMENTED where the system cannot keep threads on processors, INVALID_ARGUMENT when there is no such processor.</exception>
    public WorkerTeam(int threads, params IReadOnlyList<int> processors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ThreadAffinity.Check(processors);
        _threads = new Thread[threads - 1];
        _shares = new Share[threads];
        for (int i = 0; i < _threads.Length; i++)
        {
            int number = i + 1;
            int? processor = processors.Count > 0 ? processors[number % processors.Count] : null;
            _threads[i] = new Thread(() => Work(number, processor)) { IsBackground = true, Name = "Engine worker" };
            _threads[i].Start();
        }
    }

    /// <summary>The team of the process, with one thread for each processor; made on first use.</summary>
    public static WorkerTeam Shared => LazyShared.Value;

    /// <summary>How many threads work on a loop, its caller included.</summary>
    public int Threads => _threads.Length + 1;

    /// <summary>How many threads would work on a loop that is started here: one inside of another loop.</summary>
    public int AvailableThreads => t_insideLoop ? 1 : Threads;

    /// <summary>Runs <paramref name="body"/> over items 0 to <paramref name="count"/> - 1 and returns when all are done.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="costPerItem">Roughly how many processor cycles an item takes: decides whether splitting pays.</param>
    /// <param name="body">The work; shared by all threads, not copied.</param>
    /// <exception cref="Exception">What the body threw; other pieces may or may not have run.</exception>
    public void Run<TBody>(long count, long costPerItem, ref TBody body)
        where TBody : struct, IRangeBody
    {
        if (count <= 0)
            return;
        long cost = Math.Max(1, costPerItem);
        long total = count > long.MaxValue / cost ? long.MaxValue : count * cost;
        if (_threads.Length == 0 || count == 1 || total < InlineCycles || t_insideLoop || !TryClaim())
        {
            body.Invoke(0, count);
            return;
        }

        long pieces = Math.Min(Math.Min(count, (long)Threads * PiecesPerThread), Math.Max(2, total / (InlineCycles / 2)));
        // Pinned: the body may be a field of an object that the collector moves.
        fixed (byte* pinned = &Unsafe.As<TBody, byte>(ref body))
            RunShared(&Invoke<TBody>, pinned, count, (count + pieces - 1) / pieces);
    }

    /// <summary>Ends the team's threads. Loops still run afterwards, on their callers alone.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        // The claim is kept, so no loop is handed to the team any more.
        var wait = new SpinWait();
        while (!TryClaim())
            wait.SpinOnce();
        lock (_gate)
            Monitor.PulseAll(_gate);
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private static void Invoke<TBody>(void* body, long start, long end)
        where TBody : struct, IRangeBody
        => Unsafe.AsRef<TBody>(body).Invoke(start, end);

    private static int LoopNumber(long state) => (int)(state >> 32);

    private bool TryClaim() => Volatile.Read(ref _claimed) == 0 && Interlocked.CompareExchange(ref _claimed, 1, 0) == 0;

    private void RunShared(delegate*<void*, long, long, void> invoke, void* body, long count, long piece)
    {
        _invoke = invoke;
        _body = body;
        _count = count;
        _piece = piece;
        _pieces = (count + piece - 1) / piece;
        for (int i = 0; i < _shares.Length; i++)
            _shares[i].Next = FirstPiece(i);
        _failure = null;
        Interlocked.Add(ref _state, OneLoop + Open);
        if (Volatile.Read(ref _parked) > 0)
            WakeThreads((int)Math.Min(_threads.Length, (count - 1) / piece));

        RunPieces(0);

        Interlocked.And(ref _state, ~Open);
        var wait = new SpinWait();
        while ((Volatile.Read(ref _state) & ThreadsInLoop) != 0)
            wait.SpinOnce(sleep1Threshold: -1);
        Exception? failure = _failure;
        _failure = null;
        Volatile.Write(ref _claimed, 0);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>
    /// Runs the pieces of a thread's own share, then what is left of the others'. Shares are by position, so that what a thread has computed of a tensor is likely
    /// in its own cache when the next loop comes to it.
    /// </summary>
    private void RunPieces(int thread)
    {
        t_insideLoop = true;
        try
        {
            for (int i = 0; i < _shares.Length; i++)
            {
                int share = thread + i < _shares.Length ? thread + i : thread + i - _shares.Length;
                long end = FirstPiece(share + 1);
                while (true)
                {
                    long piece = Interlocked.Increment(ref _shares[share].Next) - 1;
                    if (piece >= end)
                        break;
                    _invoke(_body, piece * _piece, Math.Min(_count, (piece + 1) * _piece));
                }
            }
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            foreach (ref Share share in _shares.AsSpan())
                Interlocked.Exchange(ref share.Next, _pieces); // nobody takes another piece
        }
        finally
        {
            t_insideLoop = false;
        }
    }

    private long FirstPiece(int share) => share * _pieces / _shares.Length;

    private void WakeThreads(int needed)
    {
        lock (_gate)
        {
            for (int i = 0; i < needed; i++)
                Monitor.Pulse(_gate);
        }
    }

    private void Work(int number, int? processor)
    {
        // A processor that the process may not use is as good as none: the thread runs where the system puts it.
        if (processor is { } p)
            ThreadAffinity.TryKeepOn(p);
        int seen = 0;
        while (AwaitLoop(seen))
        {
            long state = Volatile.Read(ref _state);
            seen = LoopNumber(state);
            if ((state & Open) == 0 || Interlocked.CompareExchange(ref _state, state + 1, state) != state)
            {
                // Closed already, or another thread came or went meanwhile: look again at an open loop.
                if ((state & Open) != 0)
                    seen--;
                continue;
            }

            RunPieces(number);
            Interlocked.Decrement(ref _state);
        }
    }

    /// <summary>Waits for a loop later than number <paramref name="seen"/>; false when the team has ended.</summary>
    private bool AwaitLoop(int seen)
    {
        long patience = Stopwatch.GetTimestamp() + (WatchMicroseconds * Stopwatch.Frequency / 1_000_000);
        while (!Volatile.Read(ref _disposed))
        {
            if (LoopNumber(Volatile.Read(ref _state)) != seen)
                return true;
            if (Stopwatch.GetTimestamp() < patience)
            {
                Thread.SpinWait(8);
                continue;
            }

            lock (_gate)
            {
                // Counted before the last look: a caller either sees the count or its loop is seen here.
                Interlocked.Increment(ref _parked);
                if (LoopNumber(Volatile.Read(ref _state)) == seen && !_disposed)
                    Monitor.Wait(_gate);
                Interlocked.Decrement(ref _parked);
            }
        }

        return false;
    }

    /// <summary>The next piece of a thread's share, on cache lines of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Share
    {
        [FieldOffset(0)]
        public long Next;
    }
}
