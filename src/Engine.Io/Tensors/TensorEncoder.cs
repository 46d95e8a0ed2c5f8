using System.Numerics;
using System.Runtime.InteropServices;
using Engine.Tensors;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Engine.Io.Tensors;

/// <summary>Turns tensors into <c>TensorProto</c>s: one value, or many that are equal, go into the field of their type; others become raw contents.</summary>
internal static class TensorEncoder
{
    /// <summary>The message.</summary>
    /// <param name="tensor">The tensor; not a resource or variant.</param>
    /// <param name="raw">Raw contents for a single or repeated value too.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for resources and variants, and for 2 GB and more.</exception>
    internal static Protos.TensorProto Encode(Tensor tensor, bool raw = false)
    {
        var proto = new Protos.TensorProto { Dtype = (Protos.DataType)(int)tensor.Type, TensorShape = ShapeProtos.ToProto(tensor.Shape) };
        if (tensor.Type is DType.Resource or DType.Variant)
            throw EngineException.InvalidArgument($"A {tensor.Type.Name()} tensor cannot be written.");
        if (tensor.ByteLength > int.MaxValue)
            throw EngineException.InvalidArgument($"A tensor of {tensor.ByteLength} bytes does not fit a message, which ends at 2 GB.");
        if (tensor.Type == DType.String)
        {
            foreach (var s in tensor.AsSpan<byte[]>())
                proto.StringVal.Add(ByteString.CopyFrom(s));
        }
        else if (tensor.Count > 0 && !raw && IsUniform(tensor))
        {
            AddValues(proto, tensor, 1);
        }
        else if (tensor.Count > 0)
        {
            proto.TensorContent = Content(tensor);
        }
        return proto;
    }

    /// <summary>All values in the field of their type, without type and shape: the form inside V1 checkpoints and variants.</summary>
    /// <exception cref="EngineException">UNIMPLEMENTED for resources and for variants that mean something only in this process.</exception>
    internal static Protos.TensorProto EncodeValues(Tensor tensor)
    {
        var proto = new Protos.TensorProto();
        switch (tensor.Type)
        {
            case DType.String:
                foreach (var s in tensor.AsSpan<byte[]>())
                    proto.StringVal.Add(ByteString.CopyFrom(s));
                break;
            case DType.Variant:
                foreach (var item in tensor.AsSpan<object>())
                    proto.VariantVal.Add(VariantCodec.Encode(item));
                break;
            case DType.Resource:
                throw EngineException.Unimplemented("Resources cannot be saved.");
            default:
                AddValues(proto, tensor, (int)Math.Min(tensor.Count, int.MaxValue));
                break;
        }
        return proto;
    }

    // Readers repeat the last value: the zeros that initialize a variable take no space.
    private static bool IsUniform(Tensor tensor)
    {
        var bytes = tensor.Bytes();
        var size = tensor.Type.Size();
        return bytes[size..].SequenceEqual(bytes[..^size]);
    }

    private static ByteString Content(Tensor tensor)
    {
        var bytes = tensor.Bytes().ToArray();
        if (tensor.Type == DType.Int4)
        {
            foreach (ref var b in bytes.AsSpan())
                b &= 15;
        }
        ByteOrder.ToLittleEndian(tensor.Type, bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static void AddValues(Protos.TensorProto p, Tensor t, int count)
    {
        switch (t.Type)
        {
            case DType.Float32:
                Add<float, float>(p.FloatVal, t.AsSpan<float>()[..count], static v => v);
                break;
            case DType.Float64:
                Add<double, double>(p.DoubleVal, t.AsSpan<double>()[..count], static v => v);
                break;
            case DType.Int32 or DType.QInt32:
                Add<int, int>(p.IntVal, t.AsSpan<int>()[..count], static v => v);
                break;
            case DType.UInt8 or DType.QUInt8 or DType.UInt4:
                Add<byte, int>(p.IntVal, t.AsSpan<byte>()[..count], static v => v);
                break;
            case DType.Int8 or DType.QInt8 or DType.Int4:
                Add<sbyte, int>(p.IntVal, t.AsSpan<sbyte>()[..count], static v => v);
                break;
            case DType.Int16 or DType.QInt16:
                Add<short, int>(p.IntVal, t.AsSpan<short>()[..count], static v => v);
                break;
            case DType.UInt16 or DType.QUInt16:
                Add<ushort, int>(p.IntVal, t.AsSpan<ushort>()[..count], static v => v);
                break;
            case DType.Int64:
                Add<long, long>(p.Int64Val, t.AsSpan<long>()[..count], static v => v);
                break;
            case DType.UInt32:
                Add<uint, uint>(p.Uint32Val, t.AsSpan<uint>()[..count], static v => v);
                break;
            case DType.UInt64:
                Add<ulong, ulong>(p.Uint64Val, t.AsSpan<ulong>()[..count], static v => v);
                break;
            case DType.Bool:
                Add<bool, bool>(p.BoolVal, t.AsSpan<bool>()[..count], static v => v);
                break;
            case DType.Float16:
                Add<Half, int>(p.HalfVal, t.AsSpan<Half>()[..count], static v => BitConverter.HalfToUInt16Bits(v));
                break;
            case DType.BFloat16:
                Add<BFloat16, int>(p.HalfVal, t.AsSpan<BFloat16>()[..count], static v => v.Bits);
                break;
            case DType.Complex64:
                Add<float, float>(p.ScomplexVal, MemoryMarshal.Cast<Complex64, float>(t.AsSpan<Complex64>()[..count]), static v => v);
                break;
            case DType.Complex128:
                Add<double, double>(p.DcomplexVal, MemoryMarshal.Cast<Complex, double>(t.AsSpan<Complex>()[..count]), static v => v);
                break;
            default:
                p.Float8Val = ByteString.CopyFrom(t.Bytes()[..count]);
                break;
        }
    }

    private static void Add<T, TField>(RepeatedField<TField> field, ReadOnlySpan<T> values, Func<T, TField> convert)
    {
        field.Capacity = values.Length;
        foreach (var v in values)
            field.Add(convert(v));
    }
}
