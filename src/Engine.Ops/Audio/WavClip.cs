using System.Buffers.Binary;

namespace Engine.Ops.Audio;

/// <summary>Sound as a WAV file of 16-bit samples.</summary>
internal static class WavClip
{
    private const int HeaderLength = 44;

    /// <summary>Encodes samples in [-1, 1], the channels of a frame beside each other.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what a WAV header cannot say.</exception>
    internal static byte[] Encode(ReadOnlySpan<float> samples, uint rate, int channels)
    {
        if (rate == 0)
            throw EngineException.InvalidArgument($"sample_rate must be in (0, 2^32), got: {rate}");
        if (channels is < 1 or > ushort.MaxValue || samples.Length > (int.MaxValue - HeaderLength) / 2 || (ulong)rate * (ulong)channels * 2 > uint.MaxValue)
            throw EngineException.InvalidArgument($"A WAV file cannot hold {samples.Length} samples in {channels} channels at {rate} Hz");
        var file = new byte[HeaderLength + samples.Length * 2];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(22), (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(28), rate * (uint)channels * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), (ushort)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples.Length * 2);
        for (var i = 0; i < samples.Length; i++)
        {
            // Rounded half away from zero; a NaN is silence.
            var scaled = MathF.Round(samples[i] * 32768f, MidpointRounding.AwayFromZero);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderLength + 2 * i), (short)Math.Clamp(float.IsNaN(scaled) ? 0 : scaled, short.MinValue, short.MaxValue));
        }
        return file;
    }
}
