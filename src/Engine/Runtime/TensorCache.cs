using System.Runtime.CompilerServices;

namespace Engine.Runtime;

/// <summary>
/// Dead tensors of one run at a time, object and memory together, ready to become the next ones: what makes a warm run allocate nothing. The last tensor that
/// died is the first to be used again, while its memory is still in the cache of the core.
/// </summary>
internal sealed class TensorCache
{
    private readonly List<Tensor>?[] free;
    private readonly List<int> used = [];
    private readonly Stack<Tensor> handles = new();

    /// <summary>How many objects without memory are kept: enough for the variables of a layer or two.</summary>
    private const int MaximumHandles = 128;

    /// <summary>Memory that may stay beyond twice what the last run asked for.</summary>
    private const long Slack = 1 << 20;

    private readonly Lock gate = new();
    private long held;
    private long rented;

    /// <summary>An empty cache.</summary>
    internal TensorCache() => free = new List<Tensor>?[256];

    private TensorCache(int _) => free = [];

    /// <summary>Keeps nothing: for kernels that may allocate on several threads at once.</summary>
    internal static TensorCache None { get; } = new(0);

    /// <summary>Whether several threads use the cache: while steps of the run go side by side.</summary>
    internal bool IsShared { get; set; }

    /// <summary>A tensor with undefined contents.</summary>
    internal Tensor Rent(DType type, Shape shape)
    {
        if (!IsShared)
            return RentAlone(type, shape);
        lock (gate)
            return RentAlone(type, shape);
    }

    /// <summary>Lets go of a tensor of the run; its memory serves again when nobody else uses it.</summary>
    internal void Return(Tensor tensor)
    {
        if (!IsShared)
        {
            ReturnAlone(tensor);
            return;
        }
        lock (gate)
            ReturnAlone(tensor);
    }

    /// <summary>Another tensor over the same memory, as <see cref="Tensor.Share"/>, for the run that owns this cache.</summary>
    internal Tensor Share(Tensor tensor)
    {
        if (!IsShared)
            return ShareAlone(tensor);
        lock (gate)
            return ShareAlone(tensor);
    }

    /// <summary>After a run: memory that runs of other shapes left behind goes back to the pool.</summary>
    internal void EndRun()
    {
        if (held > 2 * rented + Slack)
            Clear();
        rented = 0;
    }

    /// <summary>Gives all memory back to the pool.</summary>
    internal void Clear()
    {
        foreach (var c in used)
        {
            foreach (var t in free[c]!)
                t.Buffer.Free();
            free[c]!.Clear();
        }
        held = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Tensor RentAlone(DType type, Shape shape)
    {
        if (type.IsObject())
            return Tensor.Allocate(type, shape);
        var bytes = Tensor.Bytes(type, shape);
        if (free.Length > 0 && bytes <= BufferPool.Shared.Limit)
        {
            var sizeClass = BufferPool.ClassOf(bytes);
            var list = free[sizeClass];
            rented += BufferPool.SizeOf(sizeClass);
            if (list is not null && list.Count > 0)
            {
                var t = list[^1];
                list.RemoveAt(list.Count - 1);
                held -= t.Buffer.Capacity;
                t.Reuse(type, shape);
                return t;
            }
        }
        return Tensor.Allocate(type, shape);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReturnAlone(Tensor tensor)
    {
        var buffer = tensor.Buffer;
        if (!buffer.ReleaseIsLast())
        {
            Keep(tensor);
            return;
        }
        if (free.Length > 0 && buffer is NativeBuffer { IsVariableStorage: false } native)
        {
            ref var list = ref free[native.SizeClass];
            if (list is null)
            {
                list = [];
                used.Add(native.SizeClass);
            }
            held += native.Capacity;
            list.Add(tensor);
        }
        else
        {
            buffer.Free();
            Keep(tensor);
        }
    }

    private Tensor ShareAlone(Tensor tensor)
    {
        if (!handles.TryPop(out var handle))
            return tensor.Share();
        handle.BecomeShareOf(tensor);
        return handle;
    }

    private void Keep(Tensor handle)
    {
        if (free.Length > 0 && handles.Count < MaximumHandles)
            handles.Push(handle);
    }
}
