using System.Numerics;
using System.Runtime.InteropServices;
using Engine.Tensors;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Engine.Io.Tensors;

/// <summary>
/// Turns <c>TensorProto</c>s into tensors: raw contents must match the shape in size; of too few values the last one fills the rest, of none zeros do.
/// A small message can ask for a huge tensor that way, so the bytes made from nothing are limited per decoder, that is, per file.
/// </summary>
internal sealed class TensorDecoder
{
    /// <summary>Raw contents of this size and more are used where they are: objects so large do not move anyway, so that pinning them costs nothing.</summary>
    private const int ShareFrom = 85_000;

    private long budget;

    /// <summary>A decoder.</summary>
    /// <param name="limit">How many bytes it may fill that are not in the messages.</param>
    internal TensorDecoder(long limit = 1L << 30) => budget = limit;

    /// <summary>The tensor.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the message is no tensor, RESOURCE_EXHAUSTED when it is far larger than its data.</exception>
    internal Tensor Decode(Protos.TensorProto proto)
    {
        var type = (DType)(int)proto.Dtype;
        if (!type.IsKnown() || type.IsRef())
            throw EngineException.InvalidArgument($"Cannot parse tensor from proto: its dtype {(int)type} is not one of a tensor.");
        if (type == DType.Resource)
            throw EngineException.InvalidArgument($"Cannot parse tensor from proto: {type.Name()} tensors mean something only in the process that made them.");
        var shape = ShapeProtos.ToShape(proto.TensorShape);
        if (type == DType.Variant)
            return Variants(VariantMessages(proto), shape);
        if (shape.Count == 0)
            return Tensor.Zeros(type, shape);
        if (type == DType.String)
            return proto.TensorContent.IsEmpty ? Strings(proto.StringVal, shape) : StringContent(proto.TensorContent.Span, shape);
        return proto.TensorContent.IsEmpty ? Values(type, proto, shape) : Content(type, proto.TensorContent, shape);
    }

    /// <summary>The values of a message without type, shape and contents of its own.</summary>
    internal Tensor DecodeValues(DType type, Shape shape, Protos.TensorProto proto)
        => type == DType.String ? Strings(proto.StringVal, shape) : Values(type, proto, shape);

    /// <summary>How many values a message holds in the field of <paramref name="type"/>.</summary>
    internal static int ValueCount(DType type, Protos.TensorProto p) => type switch
    {
        DType.Float32 => p.FloatVal.Count,
        DType.Float64 => p.DoubleVal.Count,
        DType.Int64 => p.Int64Val.Count,
        DType.UInt32 => p.Uint32Val.Count,
        DType.UInt64 => p.Uint64Val.Count,
        DType.Bool => p.BoolVal.Count,
        DType.Float16 or DType.BFloat16 => p.HalfVal.Count,
        DType.Complex64 => p.ScomplexVal.Count / 2,
        DType.Complex128 => p.DcomplexVal.Count / 2,
        DType.String => p.StringVal.Count,
        DType.Float8E5M2 or DType.Float8E4M3FN => p.Float8Val.Length,
        DType.Resource => p.ResourceHandleVal.Count,
        DType.Variant => p.VariantVal.Count,
        _ => p.IntVal.Count,
    };

    private Tensor Values(DType type, Protos.TensorProto p, Shape shape) => type switch
    {
        DType.Float32 => Fill(p.FloatVal, type, shape, static v => v),
        DType.Float64 => Fill(p.DoubleVal, type, shape, static v => v),
        DType.Int32 or DType.QInt32 => Fill(p.IntVal, type, shape, static v => v),
        DType.UInt8 or DType.QUInt8 => Fill(p.IntVal, type, shape, static v => unchecked((byte)v)),
        DType.Int8 or DType.QInt8 => Fill(p.IntVal, type, shape, static v => unchecked((sbyte)v)),
        DType.Int16 or DType.QInt16 => Fill(p.IntVal, type, shape, static v => unchecked((short)v)),
        DType.UInt16 or DType.QUInt16 => Fill(p.IntVal, type, shape, static v => unchecked((ushort)v)),
        DType.Int4 => Fill(p.IntVal, type, shape, static v => SignExtend(unchecked((byte)v))),
        DType.UInt4 => Fill(p.IntVal, type, shape, static v => (byte)(v & 15)),
        DType.Int64 => Fill(p.Int64Val, type, shape, static v => v),
        DType.UInt32 => Fill(p.Uint32Val, type, shape, static v => v),
        DType.UInt64 => Fill(p.Uint64Val, type, shape, static v => v),
        DType.Bool => Fill(p.BoolVal, type, shape, static v => v),
        DType.Float16 => Fill(p.HalfVal, type, shape, static v => BitConverter.UInt16BitsToHalf(unchecked((ushort)v))),
        DType.BFloat16 => Fill(p.HalfVal, type, shape, static v => BFloat16.FromBits(unchecked((ushort)v))),
        DType.Complex64 => FillPairs(p.ScomplexVal, type, shape, static (re, im) => new Complex64(re, im)),
        DType.Complex128 => FillPairs(p.DcomplexVal, type, shape, static (re, im) => new Complex(re, im)),
        _ => Float8(p.Float8Val.Span, type, shape),
    };

    private Tensor Fill<TField, T>(RepeatedField<TField> values, DType type, Shape shape, Func<TField, T> convert)
    {
        var given = (int)Math.Min(values.Count, shape.Count);
        var t = Allocate(type, shape, given);
        var span = t.AsSpan<T>();
        for (var i = 0; i < given; i++)
            span[i] = convert(values[i]);
        if (given < span.Length)
            span[given..].Fill(given == 0 ? default! : span[given - 1]);
        return t;
    }

    private Tensor FillPairs<TField, T>(RepeatedField<TField> values, DType type, Shape shape, Func<TField, TField, T> convert)
    {
        var given = (int)Math.Min(values.Count / 2, shape.Count);
        var t = Allocate(type, shape, given);
        var span = t.AsSpan<T>();
        for (var i = 0; i < given; i++)
            span[i] = convert(values[2 * i], values[2 * i + 1]);
        if (given < span.Length)
            span[given..].Fill(given == 0 ? default! : span[given - 1]);
        return t;
    }

    private Tensor Float8(ReadOnlySpan<byte> values, DType type, Shape shape)
    {
        var given = (int)Math.Min(values.Length, shape.Count);
        var t = Allocate(type, shape, given);
        var bytes = t.Bytes();
        values[..given].CopyTo(bytes);
        bytes[given..].Fill(given == 0 ? (byte)0 : values[given - 1]);
        return t;
    }

    private Tensor Strings(RepeatedField<ByteString> values, Shape shape)
    {
        var given = (int)Math.Min(values.Count, shape.Count);
        var t = Allocate(DType.String, shape, given);
        var items = t.AsSpan<byte[]>();
        for (var i = 0; i < given; i++)
            items[i] = values[i].ToByteArray();
        if (given > 0 && given < items.Length)
            items[given..].Fill(items[given - 1]);
        return t;
    }

    /// <summary>The messages of the objects in a message of variants; perhaps fewer than there are elements.</summary>
    internal static IReadOnlyList<Protos.VariantTensorDataProto> VariantMessages(Protos.TensorProto proto)
    {
        if (proto.TensorContent.IsEmpty)
            return proto.VariantVal;
        try
        {
            return [.. Pieces(DType.Variant, proto.TensorContent.Span, ShapeProtos.ToShape(proto.TensorShape)).Select(p => Protos.VariantTensorDataProto.Parser.ParseFrom(p))];
        }
        catch (InvalidProtocolBufferException e)
        {
            throw EngineException.InvalidArgument($"Cannot parse tensor from proto: {e.Message}");
        }
    }

    private Tensor Variants(IReadOnlyList<Protos.VariantTensorDataProto> messages, Shape shape)
    {
        var given = (int)Math.Min(messages.Count, shape.Count);
        var t = Allocate(DType.Variant, shape, given);
        var items = t.AsSpan<object?>();
        for (var i = 0; i < given; i++)
            items[i] = VariantCodec.Decode(messages[i], this);
        if (given > 0)
            items[given..].Fill(items[given - 1]);
        return t;
    }

    private static Tensor StringContent(ReadOnlySpan<byte> content, Shape shape)
    {
        var pieces = Pieces(DType.String, content, shape);
        var t = Tensor.Allocate(DType.String, shape);
        pieces.CopyTo(t.AsSpan<byte[]>());
        return t;
    }

    // Lengths as varints, then the bytes of all elements.
    private static byte[][] Pieces(DType type, ReadOnlySpan<byte> content, Shape shape)
    {
        if (shape.Count > content.Length)
            throw WrongContent(type, shape, content.Length);
        var lengths = new int[shape.Count];
        var at = 0;
        var total = 0L;
        for (var i = 0; i < lengths.Length; i++)
        {
            var length = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                if (at == content.Length || shift > 28)
                    throw WrongContent(type, shape, content.Length);
                var b = content[at++];
                length |= (ulong)(b & 0x7f) << shift;
                if (b < 0x80)
                    break;
            }
            total += (long)length;
            if (total > content.Length)
                throw WrongContent(type, shape, content.Length);
            lengths[i] = (int)length;
        }
        if (total != content.Length - at)
            throw WrongContent(type, shape, content.Length);
        var pieces = new byte[lengths.Length][];
        for (var i = 0; i < lengths.Length; i++)
        {
            pieces[i] = content.Slice(at, lengths[i]).ToArray();
            at += lengths[i];
        }
        return pieces;
    }

    private static Tensor Content(DType type, ByteString content, Shape shape)
    {
        var size = type.Size();
        if (content.Length % size != 0 || content.Length / size != shape.Count)
            throw WrongContent(type, shape, content.Length);
        if (type == DType.Bool && content.Span.ContainsAnyExceptInRange((byte)0, (byte)1))
            throw EngineException.InvalidArgument("Cannot parse tensor from proto: a bool is neither 0 nor 1.");
        if (BitConverter.IsLittleEndian && content.Length >= ShareFrom && type is not (DType.Int4 or DType.UInt4))
        {
            var pinned = new PinnedBytes(content.Memory);
            return Tensor.Map(type, shape, pinned.Address, content.Length, pinned);
        }
        var t = Tensor.Allocate(type, shape);
        content.Span.CopyTo(t.Bytes());
        ByteOrder.ToLittleEndian(type, t.Bytes());
        if (type == DType.Int4)
        {
            foreach (ref var v in t.AsSpan<sbyte>())
                v = SignExtend((byte)v);
        }
        else if (type == DType.UInt4)
        {
            foreach (ref var v in t.Bytes())
                v &= 15;
        }
        return t;
    }

    private static sbyte SignExtend(byte nibble) => (sbyte)((sbyte)(nibble << 4) >> 4);

    private Tensor Allocate(DType type, Shape shape, int given)
    {
        var size = type.IsObject() ? nint.Size : type.Size();
        if (Math.BigMul(shape.Count - given, size, out var made) != 0 || made < 0 || made > budget)
            throw EngineException.ResourceExhausted($"Cannot parse tensor from proto: a {type.Name()} tensor of shape {shape} holds only {given} values.");
        budget -= made;
        return Tensor.Allocate(type, shape);
    }

    private static EngineException WrongContent(DType type, Shape shape, int length)
        => EngineException.InvalidArgument($"Cannot parse tensor from proto: {length} bytes of content are not a {type.Name()} tensor of shape {shape}.");
}
