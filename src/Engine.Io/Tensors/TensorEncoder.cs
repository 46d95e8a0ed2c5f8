using System.Numerics;
using Engine.Tensors;
using Google.Protobuf;

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
            AddFirst(proto, tensor);
        }
        else if (tensor.Count > 0)
        {
            proto.TensorContent = Content(tensor);
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

    private static void AddFirst(Protos.TensorProto p, Tensor t)
    {
        switch (t.Type)
        {
            case DType.Float32:
                p.FloatVal.Add(t.AsSpan<float>()[0]);
                break;
            case DType.Float64:
                p.DoubleVal.Add(t.AsSpan<double>()[0]);
                break;
            case DType.Int32 or DType.QInt32:
                p.IntVal.Add(t.AsSpan<int>()[0]);
                break;
            case DType.UInt8 or DType.QUInt8 or DType.UInt4:
                p.IntVal.Add(t.AsSpan<byte>()[0]);
                break;
            case DType.Int8 or DType.QInt8 or DType.Int4:
                p.IntVal.Add(t.AsSpan<sbyte>()[0]);
                break;
            case DType.Int16 or DType.QInt16:
                p.IntVal.Add(t.AsSpan<short>()[0]);
                break;
            case DType.UInt16 or DType.QUInt16:
                p.IntVal.Add(t.AsSpan<ushort>()[0]);
                break;
            case DType.Int64:
                p.Int64Val.Add(t.AsSpan<long>()[0]);
                break;
            case DType.UInt32:
                p.Uint32Val.Add(t.AsSpan<uint>()[0]);
                break;
            case DType.UInt64:
                p.Uint64Val.Add(t.AsSpan<ulong>()[0]);
                break;
            case DType.Bool:
                p.BoolVal.Add(t.AsSpan<bool>()[0]);
                break;
            case DType.Float16:
                p.HalfVal.Add(BitConverter.HalfToUInt16Bits(t.AsSpan<Half>()[0]));
                break;
            case DType.BFloat16:
                p.HalfVal.Add(t.AsSpan<BFloat16>()[0].Bits);
                break;
            case DType.Complex64:
                p.ScomplexVal.Add([t.AsSpan<Complex64>()[0].Real, t.AsSpan<Complex64>()[0].Imaginary]);
                break;
            case DType.Complex128:
                p.DcomplexVal.Add([t.AsSpan<Complex>()[0].Real, t.AsSpan<Complex>()[0].Imaginary]);
                break;
            default:
                p.Float8Val = ByteString.CopyFrom(t.Bytes()[..1]);
                break;
        }
    }
}
