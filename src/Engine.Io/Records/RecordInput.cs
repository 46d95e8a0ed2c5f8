using Engine.Io.Files;

namespace Engine.Io.Records;

/// <summary>A file, perhaps compressed, read from front to back with a look ahead. Memory grows with what is there, not with what a length claims.</summary>
internal sealed class RecordInput : IDisposable
{
    private readonly Stream stream;
    private readonly string path;
    private readonly long length = long.MaxValue;
    private byte[] window = new byte[1 << 16];
    private int start;
    private int end;

    internal RecordInput(string path, RecordCompression compression)
    {
        this.path = path;
        stream = RecordStreams.OpenRead(path, compression);
        if (stream is FileStream file && RegularLength(file) is var known and > 0)
            length = known;
    }

    /// <summary>Offset of the next byte, in what is in the file.</summary>
    internal long Position { get; private set; }

    /// <summary>Whether it is known how many bytes there are.</summary>
    internal bool HasLength => length != long.MaxValue;

    /// <summary>Most bytes that may still come.</summary>
    internal long Remaining => length - Position;

    /// <summary>The bytes read ahead.</summary>
    internal ReadOnlySpan<byte> Ahead => window.AsSpan(start, end - start);

    /// <summary>Reads ahead until there are <paramref name="count"/> bytes or no more; says how many there are.</summary>
    internal int LookAhead(int count)
    {
        while (end - start < count)
        {
            if (window.Length - start < count || window.Length == end)
                MakeRoom();
            var read = Read(window.AsSpan(end));
            if (read == 0)
                break;
            end += read;
        }
        return end - start;
    }

    /// <summary>Passes bytes read ahead.</summary>
    internal void Skip(int count)
    {
        start += count;
        Position += count;
    }

    /// <summary>Takes <paramref name="count"/> bytes; null when there are fewer.</summary>
    internal byte[]? Take(long count)
    {
        if (count > Remaining || count > Array.MaxLength)
            return null;
        var ready = (int)Math.Min(count, end - start);
        // Where the length of the whole is not known, memory is claimed as data comes.
        var bytes = new byte[!HasLength ? Math.Min(count, Math.Max(ready, 1 << 20)) : count];
        Ahead[..ready].CopyTo(bytes);
        Skip(ready);
        for (var at = (long)ready; at < count;)
        {
            if (at == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            var read = Read(bytes.AsSpan((int)at));
            if (read == 0)
                return null;
            at += read;
            Position += read;
        }
        return bytes;
    }

    public void Dispose() => stream.Dispose();

    // A pipe or device has no length that means anything.
    private static long RegularLength(FileStream file)
    {
        try
        {
            return file.CanSeek ? file.Length : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private int Read(Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (IOException e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    private void MakeRoom()
    {
        if (start > window.Length / 2)
        {
            window.AsSpan(start, end - start).CopyTo(window);
        }
        else
        {
            var larger = new byte[(int)Math.Min(Array.MaxLength, 2L * window.Length)];
            window.AsSpan(start, end - start).CopyTo(larger);
            window = larger;
        }
        (start, end) = (0, end - start);
    }
}
