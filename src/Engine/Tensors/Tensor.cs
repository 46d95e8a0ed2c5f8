using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine;

/// <summary>
/// A dense, row-major array of one element type. It owns pooled native memory, or wraps the user's array or a mapped file without a copy;
/// strings, resources and variants are objects. <see cref="Dispose"/> gives the memory back at once, the garbage collector does so later.
/// </summary>
public sealed class Tensor : IDisposable
{
    private static readonly byte[] EmptyString = [];

    private static long lastId;

    private long id;
    private long offset;
    private int disposed;

    internal Tensor(DType type, Shape shape, TensorBuffer buffer, long offset = 0)
    {
        Type = type;
        Shape = shape;
        Buffer = buffer;
        this.offset = offset;
    }

    /// <summary>The element type.</summary>
    public DType Type { get; private set; }

    /// <summary>The shape.</summary>
    public Shape Shape { get; private set; }

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Count;

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Bytes of the elements; 0 for objects.</summary>
    public long ByteLength => Shape.Count * Type.Size();

    internal TensorBuffer Buffer { get; private set; }

    /// <summary>A number no other tensor has.</summary>
    internal long Id
    {
        get
        {
            if (Volatile.Read(ref id) == 0)
                Interlocked.CompareExchange(ref id, Interlocked.Increment(ref lastId), 0);
            return id;
        }
    }

    /// <summary>Says that the elements will not be read soon, because they were packed: those of a mapped file leave memory until somebody reads them.</summary>
    public void Unload() => Buffer.Unload();

    /// <summary>Whether this tensor alone uses its memory and may write it: what in-place work needs.</summary>
    internal bool IsExclusive => !Buffer.IsShared && !Buffer.IsReadOnly && !Buffer.IsVariableStorage;

    /// <summary>A tensor with undefined elements (empty ones for strings and objects).</summary>
    /// <exception cref="EngineException">RESOURCE_EXHAUSTED when memory does not suffice.</exception>
    public static Tensor Allocate(DType type, Shape shape)
    {
        if (type.IsObject())
            return new(type, shape, new ObjectBuffer(AllocateObjects(type, shape)));
        return new(type, shape, BufferPool.Shared.Rent(Bytes(type, shape)));
    }

    /// <summary>A tensor of zeros, false or empty strings.</summary>
    public static Tensor Zeros(DType type, Shape shape)
    {
        var t = Allocate(type, shape);
        t.Clear();
        return t;
    }

    /// <summary>A scalar.</summary>
    public static Tensor Scalar<T>(T value) => From([value], Shape.Scalar);

    /// <summary>A scalar string, encoded as UTF-8.</summary>
    public static Tensor Scalar(string value) => Scalar(Encoding.UTF8.GetBytes(value));

    /// <summary>A copy of <paramref name="values"/> as a vector.</summary>
    public static Tensor From<T>(params ReadOnlySpan<T> values) => From(values, Shape.Vector(values.Length));

    /// <summary>A copy of <paramref name="values"/> in row-major order.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the shape has another number of elements, or no element type is stored as T.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape, DType type = DType.Invalid)
    {
        if (values.Length != shape.Count)
            throw EngineException.InvalidArgument($"{values.Length} values do not fill shape {shape}.");
        var t = Allocate(type == DType.Invalid ? DTypes.Of<T>() : type, shape);
        values.CopyTo(t.AsSpan<T>());
        return t;
    }

    /// <summary>Strings, encoded as UTF-8.</summary>
    public static Tensor FromStrings(ReadOnlySpan<string> values, Shape? shape = null)
    {
        var bytes = new byte[values.Length][];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Encoding.UTF8.GetBytes(values[i]);
        return From<byte[]>(bytes, shape ?? Shape.Vector(values.Length));
    }

    /// <summary>A copy of a .NET array of any rank.</summary>
    public static Tensor FromArray(Array array)
    {
        var dims = new long[array.Rank];
        for (var i = 0; i < dims.Length; i++)
            dims[i] = array.GetLongLength(i);
        var shape = new Shape(dims);
        var element = array.GetType().GetElementType()!;
        if (element == typeof(string))
            return FromStrings(array.Cast<string>().ToArray(), shape);
        var type = DTypes.OfStorage(element);
        if (type == DType.Invalid)
            throw EngineException.InvalidArgument($"No element type is stored as {element}.");
        var t = Allocate(type, shape);
        if (t.Buffer is ObjectBuffer objects)
        {
            var i = 0;
            foreach (var item in array)
                objects.Items.SetValue(item, i++);
        }
        else
        {
            MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), checked((int)t.ByteLength)).CopyTo(t.Bytes());
        }
        return t;
    }

    /// <summary>Uses the array's own memory, without a copy; the array stays pinned until the tensor is disposed.</summary>
    public static Tensor Wrap<T>(T[] array, Shape? shape = null) where T : unmanaged => Wrap(array.AsMemory(), shape);

    /// <summary>Uses the given memory without a copy; it stays pinned until the tensor is disposed.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the shape has another number of elements, or the type is not stored as T.</exception>
    public static Tensor Wrap<T>(Memory<T> memory, Shape? shape = null, DType type = DType.Invalid) where T : unmanaged
    {
        shape ??= Shape.Vector(memory.Length);
        if (type == DType.Invalid)
            type = DTypes.Of<T>();
        if (memory.Length != shape.Count)
            throw EngineException.InvalidArgument($"{memory.Length} values do not fill shape {shape}.");
        if (!type.IsStoredAs<T>())
            throw EngineException.InvalidArgument($"Elements of a {type.Name()} tensor are {type.StorageType().Name}, not {typeof(T).Name}.");
        return new(type, shape, new PinnedBuffer(memory.Pin(), (long)memory.Length * Unsafe.SizeOf<T>()));
    }

    /// <summary>Uses read-only memory that someone else owns (a mapped file), without a copy.</summary>
    /// <param name="type">Element type, not a string or object.</param>
    /// <param name="shape">Shape; its bytes must lie in the memory.</param>
    /// <param name="address">First byte; needs no alignment.</param>
    /// <param name="bytes">Length of the memory.</param>
    /// <param name="owner">Disposed when the last tensor lets go.</param>
    /// <param name="isFile">Whether it is a mapping of a file, whose pages come back when they are read (<see cref="Unload"/>).</param>
    public static Tensor Map(DType type, Shape shape, nint address, long bytes, IDisposable? owner, bool isFile = false)
    {
        if (type.IsObject() || Bytes(type, shape) > bytes)
            throw EngineException.InvalidArgument($"{bytes} bytes do not hold a {type.Name()} tensor of shape {shape}.");
        return new(type, shape, new MappedBuffer(address, bytes, owner, isFile));
    }

    /// <summary>
    /// The elements. <typeparamref name="T"/> is the storage type (<see cref="DTypes.StorageType"/>; <c>byte[]</c> for strings). The span does not keep the
    /// memory: hold on to the tensor (<c>using</c>) for as long as the span is used.
    /// </summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another T, or more than 2^31 - 1 elements.</exception>
    public Span<T> AsSpan<T>()
    {
        if (Shape.Count > int.MaxValue)
            throw EngineException.InvalidArgument($"A span cannot hold the {Shape.Count} elements of shape {Shape}.");
        CheckStorage<T>();
        if (Buffer is ObjectBuffer objects)
            return new Span<T>((T[])objects.Items, (int)offset, (int)Shape.Count);
        return MemoryMarshal.CreateSpan(ref Start<T>(), (int)Shape.Count);
    }

    /// <summary>The elements as values of the same size, for kernels that move elements without looking at them; objects as what they are.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when T has another size, or for more than 2^31 - 1 elements.</exception>
    public Span<T> AsRawSpan<T>()
    {
        if (Type.IsObject())
            return AsSpan<T>();
        if (Unsafe.SizeOf<T>() != Type.Size() || Shape.Count > int.MaxValue)
            ThrowStorage(typeof(T));
        return MemoryMarshal.CreateSpan(ref Start<T>(), (int)Shape.Count);
    }

    /// <summary>The elements as an n-dimensional span of <c>System.Numerics.Tensors</c>.</summary>
    public TensorSpan<T> AsTensorSpan<T>()
    {
        var lengths = new nint[Rank];
        for (var i = 0; i < lengths.Length; i++)
            lengths[i] = (nint)Shape[i];
        return lengths.Length == 0 ? new TensorSpan<T>(AsSpan<T>(), [1], []) : new TensorSpan<T>(AsSpan<T>(), lengths, []);
    }

    /// <summary>The elements' bytes, row-major, in this machine's byte order. Not for strings, resources and variants.</summary>
    public unsafe Span<byte> Bytes()
    {
        if (Type.IsObject())
            throw EngineException.InvalidArgument($"A {Type.Name()} tensor has no plain bytes.");
        return new Span<byte>((byte*)Buffer.Address + offset, checked((int)ByteLength));
    }

    /// <summary>The elements as they are in memory, for kernels: no type check beyond the size, any number of elements.</summary>
    public unsafe T* Pointer<T>() where T : unmanaged => (T*)((byte*)Buffer.Address + offset);

    /// <summary>The first element as it is in memory, for kernels: no checks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe ref T Start<T>() => ref Unsafe.AsRef<T>((byte*)Buffer.Address + offset);

    /// <summary>The only element.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT unless there is exactly one element of storage type T.</exception>
    public T Item<T>()
    {
        if (Count != 1)
            throw EngineException.InvalidArgument($"Shape {Shape} has not exactly one element.");
        var item = AsSpan<T>()[0];
        GC.KeepAlive(this);
        return item;
    }

    /// <summary>A copy of the elements, row-major.</summary>
    public T[] ToArray<T>()
    {
        var items = AsSpan<T>().ToArray();
        GC.KeepAlive(this);
        return items;
    }

    /// <summary>The elements of a string tensor, decoded as UTF-8.</summary>
    public string[] ToStrings() => Array.ConvertAll(ToArray<byte[]>(), Encoding.UTF8.GetString);

    /// <summary>The same elements with another shape of as many elements, sharing the memory.</summary>
    public Tensor Reshape(Shape shape)
    {
        if (shape.Count != Count)
            throw EngineException.InvalidArgument($"Cannot reshape {Shape} to {shape}: {Count} and {shape.Count} elements.");
        Buffer.AddReference();
        return new(Type, shape, Buffer, offset);
    }

    /// <summary>The same bytes as another element type and shape of the same byte length, sharing the memory.</summary>
    public Tensor Reinterpret(DType type, Shape shape)
    {
        // Objects have no bytes to see in another way.
        if (type.IsObject() || Type.IsObject() ? type != Type || shape.Count != Count : (Int128)shape.Count * type.Size() != ByteLength || type.Size() == 0)
            throw EngineException.InvalidArgument($"A {Type.Name()} tensor of shape {Shape} is not one of {type.Name()} and shape {shape}.");
        Buffer.AddReference();
        return new(type, shape, Buffer, offset);
    }

    /// <summary>Rows <paramref name="start"/> to start + <paramref name="count"/> of the first dimension, sharing the memory.</summary>
    public Tensor Rows(long start, long count)
    {
        if (Rank == 0 || start < 0 || count < 0 || start > Shape[0] - count)
            throw EngineException.InvalidArgument($"Rows {start} to {start + count} are not all in shape {Shape}.");
        Buffer.AddReference();
        var row = Shape.CountOf(1, Rank);
        return new(Type, Shape.With(0, count), Buffer, offset + start * row * (Type.IsObject() ? 1 : Type.Size()));
    }

    /// <summary>Another tensor over the same memory, with a life of its own.</summary>
    public Tensor Share()
    {
        Buffer.AddReference();
        return new(Type, Shape, Buffer, offset);
    }

    /// <summary>A copy with memory of its own.</summary>
    public Tensor Clone()
    {
        var copy = Allocate(Type, Shape);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Copies the elements of a tensor of the same type and number of elements.</summary>
    public unsafe void CopyFrom(Tensor source)
    {
        if (source.Type != Type || source.Count != Count)
            throw EngineException.InvalidArgument($"Cannot copy {source.Type.Name()}{source.Shape} to {Type.Name()}{Shape}.");
        if (Buffer is ObjectBuffer objects)
            Array.Copy(((ObjectBuffer)source.Buffer).Items, source.offset, objects.Items, offset, Count);
        else
            System.Buffer.MemoryCopy((byte*)source.Buffer.Address + source.offset, (byte*)Buffer.Address + offset, ByteLength, ByteLength);
        GC.KeepAlive(source);
        GC.KeepAlive(this);
    }

    /// <summary>Sets all elements to zero, false or "".</summary>
    public unsafe void Clear()
    {
        if (Buffer is not ObjectBuffer objects)
            NativeMemory.Clear((byte*)Buffer.Address + offset, (nuint)ByteLength);
        else if (Type == DType.String)
            Array.Fill((byte[][])objects.Items, EmptyString, (int)offset, (int)Count);
        else
            Array.Clear(objects.Items, (int)offset, (int)Count);
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back. Using the tensor later is an error that may go unnoticed.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
            Buffer.Release();
    }

    /// <summary>Type, shape and the first elements, nested as numpy prints them.</summary>
    public override string ToString() => TensorPrinter.Print(this);

    /// <summary>Makes a dead tensor's object another tensor over the memory of <paramref name="other"/>.</summary>
    internal void BecomeShareOf(Tensor other)
    {
        other.Buffer.AddReference();
        Type = other.Type;
        Shape = other.Shape;
        Buffer = other.Buffer;
        offset = other.offset;
        disposed = 0;
        id = 0;
    }

    /// <summary>Makes a dead tensor's object and memory serve a new one.</summary>
    internal void Reuse(DType type, Shape shape)
    {
        Type = type;
        Shape = shape;
        offset = 0;
        disposed = 0;
        Buffer.Reset();
    }

    /// <summary>Gives this tensor, which nobody else sees, another shape of as many elements.</summary>
    internal void SetShape(Shape shape) => Shape = shape;

    /// <summary>Bytes of a tensor.</summary>
    /// <exception cref="EngineException">RESOURCE_EXHAUSTED when the number does not fit 63 bits.</exception>
    internal static long Bytes(DType type, Shape shape)
    {
        var size = type.Size();
        if (size == 0)
            throw EngineException.InvalidArgument($"There are no tensors of type {type.Name()}.");
        if (shape.Count > long.MaxValue / size)
            throw TooLarge(type, shape);
        return shape.Count * size;
    }

    private static Array AllocateObjects(DType type, Shape shape)
    {
        // An object needs a reference and, for strings, usually a header: what cannot fit is refused before .NET tries.
        if (shape.Count > Math.Min(Array.MaxLength, BufferPool.Shared.Limit / 8))
            throw TooLarge(type, shape);
        try
        {
            switch (type)
            {
                case DType.String:
                    var strings = new byte[shape.Count][];
                    Array.Fill(strings, EmptyString);
                    return strings;
                case DType.Resource:
                    return new ResourceHandle[shape.Count];
                default:
                    return new object[shape.Count];
            }
        }
        catch (OutOfMemoryException)
        {
            throw TooLarge(type, shape);
        }
    }

    private static EngineException TooLarge(DType type, Shape shape)
        => EngineException.ResourceExhausted($"Out of memory: a {type.Name()} tensor of shape {shape} cannot be allocated.");

    private void CheckStorage<T>()
    {
        if (!Type.IsStoredAs<T>())
            ThrowStorage(typeof(T));
    }

    [DoesNotReturn]
    private void ThrowStorage(Type asked)
        => throw EngineException.InvalidArgument($"Elements of a {Type.Name()} tensor are {Type.StorageType().Name}, not {asked.Name}.");
}
