using System.Text;
using Engine.Io.DynamicMessages;
using Engine.Resources;
using Google.Protobuf;

namespace Engine.Io.Readers;

/// <summary>
/// What TF 1's reader ops share: takes names of files (work) from a queue and gives the records in them, one after the other, across runs of the session.
/// </summary>
internal abstract class WorkReader : Resource
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private long started, finished, produced;
    private byte[] work = [];

    /// <summary>The work in progress, as a path.</summary>
    protected string WorkPath => Encoding.UTF8.GetString(work);

    /// <summary>The work in progress.</summary>
    protected byte[] Work => work;

    /// <summary>Whether the state can be saved: no reader can in the midst of a file.</summary>
    protected virtual bool HasState => false;

    /// <summary>Reads up to <paramref name="limit"/> records of one piece of work, waiting for work.</summary>
    /// <exception cref="EngineException">OUT_OF_RANGE when the queue is closed and empty.</exception>
    internal async Task<List<(byte[] Key, byte[] Value)>> ReadAsync(Queue queue, long limit, CancellationToken cancellation)
    {
        CheckQueue(queue);
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var records = new List<(byte[] Key, byte[] Value)>();
            while (records.Count < limit)
            {
                if (started == finished)
                {
                    work = [];
                    work = await NextWork(queue, cancellation).ConfigureAwait(false);
                    OnWorkStarted();
                    started++;
                }
                var isAtEnd = false;
                while (records.Count < limit && !isAtEnd)
                {
                    if (Read(out isAtEnd) is not { } record)
                        continue;
                    produced++;
                    records.Add(record);
                }
                if (!isAtEnd)
                    break;
                OnWorkFinished();
                finished = started;
                if (records.Count > 0)
                    break;
            }
            return records;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>How many records were given.</summary>
    internal long RecordsProduced() => Locked(() => produced);

    /// <summary>How many pieces of work are done.</summary>
    internal long WorkUnitsCompleted() => Locked(() => finished);

    /// <summary>Back to the beginning; the work in progress is dropped.</summary>
    internal void Reset() => Locked(() =>
    {
        Clear();
        return 0;
    });

    /// <summary>The state as TensorFlow's <c>ReaderBaseState</c>.</summary>
    /// <exception cref="EngineException">UNIMPLEMENTED for readers of records.</exception>
    internal byte[] SerializeState() => Locked(() =>
    {
        if (!HasState)
            throw EngineException.Unimplemented("Reader SerializeState");
        var output = new WireWriter();
        long[] numbers = [started, finished, produced];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] == 0)
                continue;
            output.Tag(i + 1, WireFormat.WireType.Varint);
            output.Varint((ulong)numbers[i]);
        }
        if (work.Length > 0)
        {
            output.Tag(4, WireFormat.WireType.LengthDelimited);
            output.Bytes(work);
        }
        return output.ToArray();
    });

    /// <summary>Takes up a state that was saved.</summary>
    /// <exception cref="EngineException">UNIMPLEMENTED for readers of records, INVALID_ARGUMENT for what is no possible state; the reader is reset then.</exception>
    internal void RestoreState(byte[] state) => Locked(() =>
    {
        Clear();
        if (!HasState)
            throw EngineException.Unimplemented("Reader RestoreState");
        var numbers = new long[4];
        byte[] restoredWork = [];
        var reader = new WireReader(state);
        while (!reader.IsAtEnd)
        {
            ReadOnlySpan<byte> part = default;
            ulong number = 0;
            if (!reader.TryTag(out var tag))
                throw EngineException.InvalidArgument($"Could not parse state for {Kind}");
            var field = WireFormat.GetTagFieldNumber(tag);
            var isKnown = field is > 0 and < 4 && WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint;
            var isWork = field == 4 && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
            if (isKnown ? !reader.TryVarint(out number) : isWork ? !reader.TryBytes(out part) : !reader.TrySkip(tag))
                throw EngineException.InvalidArgument($"Could not parse state for {Kind}");
            if (isKnown)
                numbers[field] = (long)number;
            else if (isWork)
                restoredWork = part.ToArray();
        }
        if (numbers.Any(n => n < 0))
            throw EngineException.InvalidArgument($"Unexpected negative value when restoring in {Kind}");
        if (numbers[1] > numbers[2])
            throw EngineException.InvalidArgument($"Inconsistent work started vs. finished when restoring in {Kind}: {numbers[1]} vs. {numbers[2]}");
        (started, finished, produced, work) = (numbers[2], numbers[2], numbers[3], restoredWork);
        return 0;
    });

    /// <summary>The next record, or null; says when the work is done, with the last record or after it.</summary>
    protected abstract (byte[] Key, byte[] Value)? Read(out bool isAtEnd);

    /// <summary>Called when a piece of work is taken up.</summary>
    protected virtual void OnWorkStarted()
    {
    }

    /// <summary>Called when a piece of work is done or dropped.</summary>
    protected virtual void OnWorkFinished()
    {
    }

    /// <summary>A key that TensorFlow gives records: the work and a number.</summary>
    protected byte[] Key(long number) => [.. work, (byte)':', .. Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    protected override void Release() => OnWorkFinished();

    private static void CheckQueue(Queue queue)
    {
        if (queue.Types is not [DType.String])
            throw EngineException.InvalidArgument($"The queue of a reader must hold single strings, not {string.Join(", ", queue.Types.Select(t => t.Name()))}");
        if (queue.Shapes is [var shape] && !shape.IsCompatibleWith(Shape.Scalar))
            throw EngineException.InvalidArgument($"The queue of a reader must hold scalars, not elements of shape {shape}");
    }

    private static async Task<byte[]> NextWork(Queue queue, CancellationToken cancellation)
    {
        var tuples = await queue.DequeueAsync(1, allowFewer: false, cancellation).ConfigureAwait(false);
        using var name = tuples[0][0];
        return name.Count == 1 ? name.Item<byte[]>() : throw EngineException.InvalidArgument($"Expected to dequeue a single string, got shape {name.Shape}");
    }

    private void Clear()
    {
        OnWorkFinished();
        (started, finished, produced, work) = (0, 0, 0, []);
    }

    private T Locked<T>(Func<T> action)
    {
        gate.Wait();
        try
        {
            return action();
        }
        finally
        {
            gate.Release();
        }
    }
}
