using Engine.Resources;

namespace Engine.Ops.TensorLists;

/// <summary>
/// The tensors of a loop by index: each is written once (gradients add up) and, unless said otherwise, read once. Lives as long as the run that makes it.
/// </summary>
internal sealed class TensorArray(string name, DType type, PartialShape shape, int size, TensorArray.Options options) : Resource
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TensorArray> gradients = [];
    private Slot[] slots = new Slot[size];
    private int count = size;
    private bool isClosed;
    private bool isDynamic = options.IsDynamic;
    private PartialShape shape = shape;

    public override string Kind => "tensor array";

    internal DType Type => type;

    internal string Name => name;

    /// <summary>Properties of an array.</summary>
    internal readonly record struct Options(bool IsDynamic, bool ClearsAfterRead, bool HasIdenticalShapes, bool AddsWrites = false);

    internal int Count
    {
        get
        {
            lock (gate)
            {
                CheckOpen();
                return count;
            }
        }
    }

    /// <summary>What is known of the elements' shape.</summary>
    internal PartialShape ElementShape
    {
        get
        {
            lock (gate)
                return shape;
        }
    }

    /// <summary>Refuses another element type.</summary>
    internal void CheckType(DType wanted)
    {
        if (wanted != type)
            throw EngineException.InvalidArgument($"TensorArray dtype is {type.Name()} but Op requested dtype {wanted.Name()}.");
    }

    /// <summary>What an op knows of the elements' shape, which must fit what the array knows.</summary>
    internal void Refine(PartialShape given)
    {
        lock (gate)
            shape = shape.Merge(given);
    }

    /// <summary>Grows a dynamic array, or refuses an index beyond the end.</summary>
    internal void Reserve(long wanted)
    {
        lock (gate)
            Grow(wanted - 1);
    }

    /// <summary>Sets an element; the tensor is given away.</summary>
    internal void Write(long index, Tensor value)
    {
        lock (gate)
        {
            CheckOpen();
            CheckType(value.Type);
            if (index < 0)
                throw EngineException.InvalidArgument($"Tried to write to index {index} of TensorArray {name}.");
            Grow(index);
            ref var slot = ref slots[index];
            if (!shape.IsCompatibleWith(value.Shape))
            {
                throw EngineException.InvalidArgument($"TensorArray {name}: Could not write to TensorArray index {index} because the value shape is {value.Shape} "
                    + $"which is incompatible with the TensorArray's inferred element shape: {shape} (consider setting infer_shape=False).");
            }
            if (slot.IsRead)
                throw EngineException.InvalidArgument($"TensorArray {name}: Could not write to TensorArray index {index} because it has already been read.");
            if (slot.IsWritten && !options.AddsWrites)
                throw EngineException.InvalidArgument($"TensorArray {name}: Could not write to TensorArray index {index} because it has already been written to.");
            if (slot.IsWritten && slot.Shape != value.Shape)
            {
                throw EngineException.InvalidArgument($"TensorArray {name}: Could not aggregate to TensorArray index {index} because the existing shape is {slot.Shape} "
                    + $"but the new input shape is {value.Shape}.");
            }
            if (slot.Value is { } earlier)
            {
                slot.Value = VariantAlgebra.Add(earlier, value);
                earlier.Dispose();
                value.Dispose();
                return;
            }
            slot = new Slot { IsWritten = true, Value = value, Shape = value.Shape };
            if (options.HasIdenticalShapes)
                shape = shape.Merge(value.Shape);
        }
    }

    /// <summary>An element, the caller's own; zeros for one that was not written, if the shape is known.</summary>
    internal Tensor Read(long index)
    {
        lock (gate)
        {
            CheckOpen();
            if (index < 0 || index >= count)
                throw EngineException.InvalidArgument($"Tried to read from index {index} but array size is: {count}");
            ref var slot = ref slots[index];
            if (slot.IsCleared)
            {
                throw EngineException.InvalidArgument($"TensorArray {name}: Could not read index {index} twice because it was cleared after a previous read "
                    + "(perhaps try setting clear_after_read = false?).");
            }
            if (!slot.IsWritten && !shape.IsFullyKnown)
            {
                throw EngineException.InvalidArgument($"TensorArray {name}: Could not read from TensorArray index {index}. "
                    + $"Furthermore, the element shape is not fully defined: {shape}.");
            }
            slot.IsRead = true;
            var value = slot.Value ?? Tensor.Zeros(type, slot.Shape ?? shape.ToShape());
            if (options.ClearsAfterRead)
            {
                slot.Value = null;
                slot.IsCleared = true;
                return value;
            }
            return slot.Value is null ? value : value.Share();
        }
    }

    /// <summary>The one shape of some elements, all of which are written and can be read; null where that is not so.</summary>
    internal Shape? CommonShape(long first, long number)
    {
        lock (gate)
        {
            if (isClosed || first < 0 || first + number > count || number < 1)
                return null;
            var common = slots[first].Shape;
            foreach (ref readonly var slot in slots.AsSpan((int)first, (int)number))
            {
                if (slot.IsCleared || slot.Value is null || !slot.Shape!.Equals(common))
                    return null;
            }
            return common;
        }
    }

    /// <summary>Whether elements of a shape can be written to some places, which are free.</summary>
    internal bool Takes(long first, long number, Shape element)
    {
        lock (gate)
        {
            if (isClosed || options.AddsWrites || first < 0 || first + number > count || !shape.IsCompatibleWith(element))
                return false;
            foreach (ref readonly var slot in slots.AsSpan((int)first, (int)number))
            {
                if (slot.IsWritten || slot.IsRead)
                    return false;
            }
            return true;
        }
    }

    /// <summary>The array of the gradients from one source: of this one's size, with the shapes of what was written here.</summary>
    internal TensorArray Gradient(string source, Shape? prepended)
    {
        lock (gate)
        {
            CheckOpen();
            if (gradients.TryGetValue(source, out var known))
                return known;
            // From here on the forward array keeps its size.
            isDynamic = false;
            var gradient = new TensorArray($"{name}@{source}", type, prepended is null ? shape : ((PartialShape)prepended).Concat(shape), count, new Options(false, true, options.HasIdenticalShapes, AddsWrites: true));
            for (var i = 0; i < count; i++)
            {
                if (slots[i].IsWritten)
                    gradient.slots[i] = new Slot { IsWritten = true, Shape = prepended is null ? slots[i].Shape : prepended.Concat(slots[i].Shape!) };
            }
            return gradients[source] = gradient;
        }
    }

    /// <summary>Frees the tensors; later uses are errors.</summary>
    internal void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var slot in slots.AsSpan(0, count))
                slot.Value?.Dispose();
            count = 0;
        }
    }

    protected override void Release() => Close();

    private void CheckOpen()
    {
        if (isClosed)
            throw EngineException.InvalidArgument($"TensorArray {name} has already been closed.");
    }

    private void Grow(long index)
    {
        CheckOpen();
        if (index < count)
            return;
        if (!isDynamic)
            throw EngineException.InvalidArgument($"TensorArray {name}: Tried to write to index {index} but array is not resizeable and size is: {count}");
        if (index >= 1 << 26)
            throw EngineException.InvalidArgument($"TensorArray {name}: an array of {index + 1} tensors cannot be allocated.");
        if (index >= slots.Length)
            Array.Resize(ref slots, (int)Math.Max(index + 1, Math.Min(2L * slots.Length, 1 << 26)));
        count = (int)index + 1;
    }

    private struct Slot
    {
        internal Tensor? Value;
        internal Shape? Shape;
        internal bool IsWritten;
        internal bool IsRead;
        internal bool IsCleared;
    }
}
