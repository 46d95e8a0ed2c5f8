using System.IO.Compression;

namespace Engine.Conformance.Running;

/// <summary>Reads a <c>*.cases.gz</c> file: a gzip stream of messages, each after its length as a varint.</summary>
internal static class CaseFile
{
    private const int MaxCaseBytes = 256 << 20;

    /// <exception cref="InvalidDataException">The stream is cut, a length is out of bounds, or a message is malformed.</exception>
    internal static IEnumerable<Golden.Case> Read(string path)
    {
        using var stream = new BufferedStream(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), 1 << 16);
        while (ReadLength(stream, path) is { } length)
        {
            // What follows is read in pieces, so that a wrong length costs no memory before it is found out.
            var bytes = new byte[Math.Min(length, 1 << 20)];
            var filled = 0;
            while (filled < length)
            {
                if (filled == bytes.Length)
                    Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
                var n = stream.Read(bytes, filled, bytes.Length - filled);
                if (n == 0)
                    throw new InvalidDataException($"{path}: a case of {length} bytes is cut after {filled}.");
                filled += n;
            }
            yield return Parse(bytes, path);
        }
    }

    private static Golden.Case Parse(byte[] bytes, string path)
    {
        try
        {
            return Golden.Case.Parser.ParseFrom(bytes);
        }
        catch (Google.Protobuf.InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static int? ReadLength(Stream stream, string path)
    {
        var length = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var b = stream.ReadByte();
            if (b < 0 && shift == 0)
                return null;
            if (b < 0 || shift > 28)
                throw new InvalidDataException($"{path}: a length is cut or longer than five bytes.");
            length |= (long)(b & 0x7F) << shift;
            if (b < 0x80)
                break;
        }
        return length <= MaxCaseBytes ? (int)length : throw new InvalidDataException($"{path}: a case of {length} bytes is beyond the limit of {MaxCaseBytes}.");
    }
}
