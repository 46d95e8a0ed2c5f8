using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Engine.Io.Numpy;

namespace Engine.Io.Python;

/// <summary>Writes an array of objects as <c>pickle.dumps(array, protocol=3)</c> does: what numpy puts into .npy files of object arrays.</summary>
internal sealed class PickleWriter(Stream stream)
{
    private const int Batch = 1000;

    private readonly Dictionary<object, int> memo = new(PythonEquality.Instance);
    private int memoized;

    internal static void Write(Stream stream, NdArray array)
    {
        var writer = new PickleWriter(stream);
        writer.Bytes([0x80, 3]);
        writer.Array(array);
        writer.Bytes("."u8);
    }

    private void Array(NdArray array)
    {
        Text("cnumpy.core.multiarray\n_reconstruct\n");
        Put();
        Text("cnumpy\nndarray\n");
        Put();
        Bytes([(byte)'K', 0]);
        Bytes([0x85]);
        Put();
        Value(new byte[] { (byte)'b' });
        Bytes([0x87]);
        Put();
        Bytes("R"u8);
        Put();
        Bytes("(K\u0001"u8);
        Tuple([.. array.Shape.Select(d => (object?)(BigInteger)d)]);
        Text("cnumpy\ndtype\n");
        Put();
        Value("O8");
        Bytes([0x89, 0x88, 0x87]);
        Put();
        Bytes("R"u8);
        Put();
        Bytes("(K\u0003"u8);
        Value("|");
        Bytes("NNNJ"u8);
        Bytes([0xff, 0xff, 0xff, 0xff, (byte)'J', 0xff, 0xff, 0xff, 0xff, (byte)'K', 63, (byte)'t']);
        Put();
        Bytes("b"u8);
        Bytes([0x89]);
        List(array.Objects);
        Bytes("t"u8);
        Put();
        Bytes("b"u8);
    }

    private void List(object?[] items)
    {
        Bytes("]"u8);
        Put();
        for (var start = 0; start < items.Length; start += Batch)
        {
            var count = Math.Min(Batch, items.Length - start);
            if (count > 1)
                Bytes("("u8);
            for (var i = start; i < start + count; i++)
                Value(items[i]);
            Bytes(count > 1 ? "e"u8 : "a"u8);
        }
    }

    private void Tuple(object?[] items)
    {
        if (items.Length == 0)
        {
            Bytes(")"u8);
            return;
        }
        if (items.Length > 3)
            Bytes("("u8);
        foreach (var item in items)
            Value(item);
        Bytes([items.Length > 3 ? (byte)'t' : (byte)(0x84 + items.Length)]);
        Put();
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null:
                Bytes("N"u8);
                return;
            case bool b:
                Bytes([(byte)(b ? 0x88 : 0x89)]);
                return;
            case BigInteger i:
                Integer(i);
                return;
            case double d:
                Bytes("G"u8);
                var bits = new byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(bits, d);
                Bytes(bits);
                return;
        }
        // Python has one object for each empty or one-byte value, so that a second one refers to the first.
        var isShared = value is byte[] { Length: <= 1 };
        if (isShared && memo.TryGetValue(value, out var place))
        {
            Get(place);
            return;
        }
        switch (value)
        {
            case byte[] bytes:
                Sized(bytes, 'C', 'B');
                break;
            case string text:
                Sized(Encoding.UTF8.GetBytes(text), '\0', 'X');
                break;
            default:
                throw PythonException.WrongType($"a {PythonText.ClassName(value)} cannot be saved");
        }
        if (isShared)
            memo[value] = memoized;
        Put();
    }

    private void Integer(BigInteger value)
    {
        if (value.Sign >= 0 && value <= byte.MaxValue)
        {
            Bytes([(byte)'K', (byte)value]);
        }
        else if (value.Sign >= 0 && value <= ushort.MaxValue)
        {
            Bytes([(byte)'M', (byte)((int)value & 0xff), (byte)((int)value >> 8)]);
        }
        else if (value >= int.MinValue && value <= int.MaxValue)
        {
            Bytes("J"u8);
            Number((uint)(int)value);
        }
        else
        {
            var bytes = value.ToByteArray();
            Bytes([0x8a, (byte)bytes.Length]);
            Bytes(bytes);
        }
    }

    private void Sized(byte[] bytes, char small, char large)
    {
        if (small != '\0' && bytes.Length < 256)
        {
            Bytes([(byte)small, (byte)bytes.Length]);
        }
        else
        {
            Bytes([(byte)large]);
            Number((uint)bytes.Length);
        }
        Bytes(bytes);
    }

    private void Put()
    {
        Reference('q', 'r', memoized);
        memoized++;
    }

    private void Get(int place) => Reference('h', 'j', place);

    private void Reference(char small, char large, int place)
    {
        if (place < 256)
        {
            Bytes([(byte)small, (byte)place]);
            return;
        }
        Bytes([(byte)large]);
        Number((uint)place);
    }

    private void Number(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private void Text(string text) => Bytes(Encoding.ASCII.GetBytes(text));

    private void Bytes(ReadOnlySpan<byte> bytes) => stream.Write(bytes);
}
