using Engine.Io.Datasets;
using Engine.Io.Records;

namespace Engine.Io.Readers;

/// <summary>The lines of a file, perhaps compressed. Carriage returns are dropped wherever they are, as in TensorFlow.</summary>
internal sealed class TextLines(string path, RecordCompression compression, int bufferSize = 1 << 16) : IRecordSource
{
    private readonly Stream stream = RecordStreams.OpenRead(path, compression);
    private readonly byte[] buffer = new byte[bufferSize];
    private int at;
    private int end;

    /// <summary>Number of lines given.</summary>
    internal long Number { get; private set; }

    /// <inheritdoc/>
    public byte[]? Next()
    {
        MemoryStream? line = null;
        while (true)
        {
            if (at == end)
            {
                (at, end) = (0, stream.Read(buffer));
                if (end == 0)
                    return line is { Length: > 0 } ? Finish(line.ToArray()) : null;
            }
            var rest = buffer.AsSpan(at, end - at);
            var newLine = rest.IndexOf((byte)'\n');
            if (newLine >= 0 && line is null)
            {
                at += newLine + 1;
                return Finish(rest[..newLine].ToArray());
            }
            line ??= new MemoryStream();
            line.Write(newLine < 0 ? rest : rest[..newLine]);
            at += newLine < 0 ? rest.Length : newLine + 1;
            if (newLine >= 0)
                return Finish(line.ToArray());
        }
    }

    public void Dispose() => stream.Dispose();

    private byte[] Finish(byte[] line)
    {
        Number++;
        return Array.IndexOf(line, (byte)'\r') < 0 ? line : [.. line.Where(b => b != '\r')];
    }
}
