namespace Engine.Ops.Lookups;

/// <summary>The values of a table, a row each: bytes of plain types, references of strings, resources and variants.</summary>
internal sealed class ValueRows(DType type, long width)
{
    private readonly int stride = type.IsObject() ? 1 : type.Size();
    private byte[] plain = [];
    private object?[] objects = [];

    /// <summary>Makes room for this many rows; new ones are zero.</summary>
    /// <exception cref="EngineException">RESOURCE_EXHAUSTED when they cannot be held.</exception>
    internal void Resize(long rows)
    {
        var length = (Int128)rows * width * stride;
        if (length > Array.MaxLength)
            throw EngineException.ResourceExhausted($"A table of {rows} values of {width} elements cannot be held.");
        if (type.IsObject())
            Array.Resize(ref objects, (int)length);
        else
            Array.Resize(ref plain, (int)length);
    }

    /// <summary>Copies row <paramref name="source"/> of a tensor to row <paramref name="row"/>.</summary>
    internal unsafe void Set(long row, Tensor tensor, long source)
    {
        if (!type.IsObject())
        {
            new ReadOnlySpan<byte>(tensor.Pointer<byte>() + source * width * stride, (int)(width * stride)).CopyTo(plain.AsSpan((int)(row * width * stride)));
            return;
        }
        for (var i = 0; i < width; i++)
            objects[row * width + i] = Object(tensor, (int)(source * width + i));
    }

    /// <summary>Copies row <paramref name="row"/> to row <paramref name="target"/> of a tensor.</summary>
    internal unsafe void Get(long row, Tensor tensor, long target)
    {
        if (!type.IsObject())
        {
            plain.AsSpan((int)(row * width * stride), (int)(width * stride)).CopyTo(new Span<byte>(tensor.Pointer<byte>() + target * width * stride, (int)(width * stride)));
            return;
        }
        for (var i = 0; i < width; i++)
            Put(tensor, (int)(target * width + i), objects[row * width + i]);
    }

    /// <summary>Whether a row equals row <paramref name="source"/> of a tensor.</summary>
    internal unsafe bool Equals(long row, Tensor tensor, long source)
    {
        if (!type.IsObject())
        {
            return plain.AsSpan((int)(row * width * stride), (int)(width * stride))
                .SequenceEqual(new ReadOnlySpan<byte>(tensor.Pointer<byte>() + source * width * stride, (int)(width * stride)));
        }
        for (var i = 0; i < width; i++)
        {
            var (a, b) = (objects[row * width + i], Object(tensor, (int)(source * width + i)));
            if (a is byte[] x && b is byte[] y ? !x.AsSpan().SequenceEqual(y) : !ReferenceEquals(a, b))
                return false;
        }
        return true;
    }

    /// <summary>Copies row <paramref name="source"/> of one tensor to row <paramref name="target"/> of another.</summary>
    internal unsafe void Copy(Tensor from, long source, Tensor to, long target)
    {
        if (!type.IsObject())
        {
            Buffer.MemoryCopy(from.Pointer<byte>() + source * width * stride, to.Pointer<byte>() + target * width * stride, width * stride, width * stride);
            return;
        }
        for (var i = 0; i < width; i++)
            Put(to, (int)(target * width + i), Object(from, (int)(source * width + i)));
    }

    private object? Object(Tensor tensor, int index) => type switch
    {
        DType.String => tensor.AsSpan<byte[]>()[index],
        DType.Resource => tensor.AsSpan<ResourceHandle>()[index],
        _ => tensor.AsSpan<object>()[index],
    };

    private void Put(Tensor tensor, int index, object? value)
    {
        switch (type)
        {
            case DType.String: tensor.AsSpan<byte[]>()[index] = (byte[]?)value ?? []; break;
            case DType.Resource: tensor.AsSpan<ResourceHandle>()[index] = (ResourceHandle)value!; break;
            default: tensor.AsSpan<object>()[index] = value!; break;
        }
    }
}
