using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Engine.Io.Numpy;

/// <summary>
/// The header of a .npy file: <c>\x93NUMPY</c>, version, length, and a Python dictionary as text,
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>, padded with blanks to a multiple of 64 bytes.
/// </summary>
/// <param name="Element">The element type.</param>
/// <param name="Shape">The shape.</param>
/// <param name="IsFortran">Whether the first dimension runs fastest.</param>
internal readonly record struct NpyHeader(NpyType Element, Shape Shape, bool IsFortran)
{
    private const int Alignment = 64;
    private const int MaxLength = 1 << 20;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS for other bytes, INVALID_ARGUMENT for types and shapes that cannot be read.</exception>
    internal static NpyHeader Read(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[12];
        if (!TryRead(stream, start[..10]) || !start.StartsWith(Magic))
            throw Damaged(file, "this is not an npy file");
        int length = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        var version = start[6];
        if (version is 2 or 3)
        {
            if (!TryRead(stream, start[10..]))
                throw Damaged(file, "the header is cut off");
            var wide = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
            if (wide > MaxLength)
                throw Damaged(file, $"a header of {wide} bytes is too long");
            length = (int)wide;
        }
        else if (version != 1)
        {
            throw Damaged(file, $"version {version} is not known");
        }
        var text = new byte[length];
        if (!TryRead(stream, text))
            throw Damaged(file, "the header is cut off");
        try
        {
            return Parse(version == 3 ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text));
        }
        catch (Exception e) when (e is EngineException or FormatException)
        {
            throw new InvalidModelException(e is EngineException ? StatusCode.InvalidArgument : StatusCode.DataLoss, file, e.Message, inner: e);
        }
    }

    /// <summary>The bytes of a header.</summary>
    internal byte[] ToBytes()
    {
        var dims = Shape.Rank switch
        {
            0 => "()",
            1 => string.Create(CultureInfo.InvariantCulture, $"({Shape[0]},)"),
            _ => $"({string.Join(", ", Shape.Dims.ToArray())})",
        };
        var descr = Element.IsObject ? "'|O'" : NpyType.Print(Element.Type, Element.ItemSize);
        var text = $"{{'descr': {descr}, 'fortran_order': {(IsFortran ? "True" : "False")}, 'shape': {dims}, }}";
        var isLong = 10 + text.Length + Alignment > ushort.MaxValue;
        var prefix = isLong ? 12 : 10;
        var total = (prefix + text.Length + Alignment) / Alignment * Alignment;
        var bytes = new byte[total];
        Array.Fill(bytes, (byte)' ');
        Magic.CopyTo(bytes);
        bytes[6] = (byte)(isLong ? 2 : 1);
        bytes[7] = 0;
        if (isLong)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), total - prefix);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(total - prefix));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(prefix));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static NpyHeader Parse(string text)
    {
        var literal = new PythonLiteral(text);
        NpyType? element = null;
        Shape? shape = null;
        bool? fortran = null;
        literal.Take('{');
        while (!literal.TryTake('}'))
        {
            var key = literal.TakeString();
            literal.Take(':');
            switch (key)
            {
                case "descr":
                    element = ReadElement(ref literal);
                    break;
                case "fortran_order":
                    fortran = literal.TakeName() switch
                    {
                        "True" => true,
                        "False" => false,
                        var other => throw new FormatException($"'{other}' is no order"),
                    };
                    break;
                case "shape":
                    shape = new Shape(literal.TakeIntegers());
                    break;
                default:
                    throw new FormatException($"the header has an unknown entry '{key}'");
            }
            if (!literal.TryTake(','))
            {
                literal.Take('}');
                break;
            }
        }
        literal.End();
        return new(element ?? throw new FormatException("the header has no 'descr'"), shape ?? throw new FormatException("the header has no 'shape'"),
            fortran ?? throw new FormatException("the header has no 'fortran_order'"));
    }

    private static NpyType ReadElement(ref PythonLiteral literal)
    {
        if (!literal.TryTake('['))
            return NpyType.Parse(literal.TakeString());
        literal.Take('(');
        var name = literal.TakeString();
        literal.Take(',');
        var descr = literal.TakeString();
        literal.TryTake(',');
        literal.Take(')');
        literal.TryTake(',');
        if (!literal.TryTake(']'))
            throw EngineException.InvalidArgument("structures of several fields cannot be read.");
        return NpyType.ParseField(name, descr);
    }

    private static bool TryRead(Stream stream, Span<byte> bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private static InvalidModelException Damaged(string file, string message) => new(StatusCode.DataLoss, file, message + ".", 0);
}
