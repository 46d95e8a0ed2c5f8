using System.Buffers.Binary;
using System.Text;

namespace Engine.Ops.Audio;

/// <summary>A WAV file of 16-bit samples that is read; <see cref="WavClip"/> writes them.</summary>
internal readonly ref struct WavFile
{
    private const int Bits = 16;

    private WavFile(int channels, int rate, ReadOnlySpan<byte> data)
    {
        Channels = channels;
        Rate = rate;
        Data = data;
    }

    /// <summary>Samples of a frame.</summary>
    internal int Channels { get; }

    /// <summary>Frames per second.</summary>
    internal int Rate { get; }

    /// <summary>The samples, frame after frame.</summary>
    internal ReadOnlySpan<byte> Data { get; }

    /// <summary>Number of frames.</summary>
    internal int Frames => Data.Length / (2 * Channels);

    /// <summary>A sample in [-1, 1).</summary>
    internal float Sample(int frame, int channel) => BinaryPrimitives.ReadInt16LittleEndian(Data[(2 * (frame * Channels + channel))..]) / 32768f;

    /// <summary>Reads a file.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is none, or none of 16 bits.</exception>
    internal static WavFile Read(ReadOnlySpan<byte> file)
    {
        var rest = file;
        Expect(ref rest, "RIFF"u8);
        Take(ref rest, 4);
        Expect(ref rest, "WAVE"u8);
        // What broadcasters and tools put before the format.
        while (rest.Length >= 4 && Encoding.Latin1.GetString(rest[..4]) is "JUNK" or "bext" or "iXML" or "qlty" or "mext" or "levl" or "link" or "axml")
        {
            Take(ref rest, 4);
            Take(ref rest, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, 4)));
        }
        Expect(ref rest, "fmt "u8);
        var (channels, rate) = ReadFormat(ref rest);
        ReadOnlySpan<byte> data = default;
        var isFound = false;
        while (!rest.IsEmpty)
        {
            var isData = Take(ref rest, 4).SequenceEqual("data"u8);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, 4));
            if (!isData)
            {
                // The end of a chunk that nobody reads may be missing.
                rest = rest[(int)Math.Min(size, rest.Length)..];
                continue;
            }
            if (isFound)
                throw EngineException.InvalidArgument("More than one data chunk found in WAV");
            isFound = true;
            data = Take(ref rest, size / (2 * (uint)channels) * (2 * (uint)channels));
        }
        return isFound ? new(channels, rate, data) : throw EngineException.InvalidArgument("No data chunk found in WAV");
    }

    private static (int Channels, int Rate) ReadFormat(scoped ref ReadOnlySpan<byte> rest)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, 4));
        if (size is not (16 or 18))
            throw EngineException.InvalidArgument($"Bad format chunk size for WAV: Expected 16 or 18, but got {size}");
        var format = Take(ref rest, size);
        if (BinaryPrimitives.ReadUInt16LittleEndian(format) is var kind and not 1)
            throw EngineException.InvalidArgument($"Bad audio format for WAV: Expected 1 (PCM), but got {kind}");
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        if (channels < 1)
            throw EngineException.InvalidArgument($"Bad number of channels for WAV: Expected at least 1, but got {channels}");
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        if (BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) is var bits and not Bits)
            throw EngineException.InvalidArgument($"Can only read 16-bit WAV files, but received {bits}");
        if (BinaryPrimitives.ReadUInt16LittleEndian(format[12..]) is var frame && frame != 2 * channels)
            throw EngineException.InvalidArgument($"Bad bytes per sample in WAV header: Expected {2 * channels} but got {frame}");
        if (BinaryPrimitives.ReadUInt32LittleEndian(format[8..]) is var perSecond && perSecond != unchecked(rate * (uint)(2 * channels)))
            throw EngineException.InvalidArgument($"Bad bytes per second in WAV header: Expected {unchecked(rate * (uint)(2 * channels))} but got {perSecond} (sample_rate={rate}, bytes_per_sample={2 * channels})");
        if (size == 18 && BinaryPrimitives.ReadUInt16LittleEndian(format[16..]) is var extra and not 0)
            throw EngineException.InvalidArgument($"Bad extra data size for WAV: Expected 0, but got {extra}");
        return (channels, unchecked((int)rate));
    }

    private static void Expect(scoped ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text)
    {
        var found = Take(ref rest, text.Length);
        if (!found.SequenceEqual(text))
            throw EngineException.InvalidArgument($"Header mismatch: Expected {Encoding.Latin1.GetString(text)} but found {Encoding.Latin1.GetString(found)}");
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, long count)
    {
        if (count > rest.Length)
            throw EngineException.InvalidArgument("Data too short when trying to read string");
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
