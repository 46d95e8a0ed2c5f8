using System.Buffers.Binary;
using Engine.Graphs;
using Engine.Ops.Images.Codecs.Png;

namespace Engine.Ops.Tests.Images;

/// <summary>Damaged image files end in a picture or in INVALID_ARGUMENT, whatever is changed, cut off or doubled.</summary>
public class DamagedImageTests
{
    private const int Mutations = 400;

    public static TheoryData<string, bool, int> JpegKinds => new()
    {
        { "baseline", false, 3 },
        { "progressive", true, 3 },
        { "progressive gray", true, 1 },
    };

    [Theory]
    [MemberData(nameof(JpegKinds))]
    public void Jpeg(string kind, bool progressive, int channels)
    {
        var file = Encode("EncodeJpeg", Picture(29, 35, channels), ("progressive", AttrValue.Of(progressive)), ("quality", AttrValue.Of(60)));
        var seed = kind.Length;
        Mutate(file, seed, "DecodeJpeg");
        Mutate(file, seed + 1, "DecodeJpeg", ("try_recover_truncated", AttrValue.Of(true)), ("acceptable_fraction", AttrValue.Of(0.3f)));
        Mutate(file, seed + 2, "DecodeJpeg", ("ratio", AttrValue.Of(4)), ("fancy_upscaling", AttrValue.Of(false)), ("dct_method", AttrValue.Of("INTEGER_ACCURATE")));
        Mutate(file, seed + 3, "ExtractJpegShape");
    }

    [Fact]
    public void CroppedJpeg()
    {
        var file = Encode("EncodeJpeg", Picture(40, 50, 3));
        var random = new Random(9);
        for (var i = 0; i < Mutations; i++)
        {
            var window = Tensor.From<int>(random.Next(-2, 45), random.Next(-2, 55), random.Next(-2, 45), random.Next(-2, 55));
            Decode("DecodeAndCropJpeg", [Tensor.Scalar(i % 2 == 0 ? file : Damaged(file, random)), window]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Png(int channels)
    {
        var file = Encode("EncodePng", Picture(19, 23, channels));
        Mutate(file, channels, "DecodePng", ("channels", AttrValue.Of(4)));
        Mutate(file, channels + 1, "DecodePng", ("dtype", AttrValue.Of(DType.UInt16)));
        var random = new Random(channels);
        for (var i = 0; i < Mutations; i++)
            Decode("DecodeImage", [Tensor.Scalar(WithChecksums(Damaged(file, random)))], ("dtype", AttrValue.Of(DType.Float32)));
    }

    [Fact]
    public void Gif() => Mutate(GifFile(), 4, "DecodeGif");

    [Fact]
    public void Bmp()
    {
        byte[] file = [.. "BM"u8, .. new byte[52], .. new byte[12 * 5]];
        (file[10], file[18], file[22], file[28]) = (54, 4, 5, 24);
        Mutate(file, 5, "DecodeBmp");
        Mutate(file, 6, "DecodeImage");
    }

    [Fact]
    public void AnImageThatIsLargeInItsHeaderAloneAllocatesNothing()
    {
        var jpeg = Encode("EncodeJpeg", Picture(8, 8, 1));
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 5], jpeg[frame + 7]) = (0x50, 0x50);
        var png = Encode("EncodePng", Picture(8, 8, 1));
        (png[18], png[22]) = (0x50, 0x50);
        png = WithChecksums(png);
        var before = GC.GetTotalAllocatedBytes();
        Assert.False(Decode("DecodeJpeg", [Tensor.Scalar(jpeg)]));
        Assert.False(Decode("DecodePng", [Tensor.Scalar(png)]));
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
    }

    /// <summary>Changes a few bytes of a file, cuts it, or doubles a part of it, and decodes it.</summary>
    private static void Mutate(byte[] file, int seed, string op, params (string, AttrValue)[] attrs)
    {
        Assert.True(Decode(op, [Tensor.Scalar(file)], attrs));
        var random = new Random(seed);
        for (var i = 0; i < Mutations; i++)
            Decode(op, [Tensor.Scalar(Damaged(file, random))], attrs);
    }

    private static byte[] Damaged(byte[] file, Random random)
    {
        var damaged = (byte[])file.Clone();
        for (var n = random.Next(1, 5); n > 0; n--)
            damaged[random.Next(damaged.Length)] = (byte)(random.Next(4) == 0 ? 0xFF : random.Next(256));
        if (random.Next(3) == 0)
            damaged = damaged[..random.Next(damaged.Length)];
        else if (random.Next(4) == 0)
            damaged = [.. damaged, .. damaged[random.Next(damaged.Length)..]];
        return damaged;
    }

    /// <summary>Whether the file could be decoded; another error than the expected one fails.</summary>
    private static bool Decode(string op, Tensor[] inputs, params (string, AttrValue)[] attrs)
    {
        try
        {
            using var image = new OneOp(op, inputs, attrs: attrs).Run();
            return true;
        }
        catch (EngineException e)
        {
            Assert.Equal(StatusCode.InvalidArgument, e.Code);
            return false;
        }
    }

    private static byte[] Encode(string op, Tensor image, params (string, AttrValue)[] attrs) => new OneOp(op, [image], attrs: attrs).Run().Item<byte[]>();

    private static Tensor Picture(int height, int width, int channels)
    {
        var random = new Random(height);
        var pixels = new byte[height * width * channels];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(((i / channels % width * 5) + (i / channels / width * 3) + random.Next(20)) & 0xFF);
        return Tensor.From<byte>(pixels, new Shape(height, width, channels));
    }

    /// <summary>A file of two pictures of 4 by 4, four colours.</summary>
    private static byte[] GifFile()
    {
        // 16 codes of one pixel each, the table cleared before every second one so that codes stay at 3 bits.
        List<int> codes = [];
        for (var i = 0; i < 16; i++)
            codes.AddRange(i % 2 == 0 ? [4, i & 3] : [i & 3]);
        codes.Add(5);
        var bits = new byte[((codes.Count * 3) + 7) / 8];
        for (var i = 0; i < codes.Count * 3; i++)
            bits[i / 8] |= (byte)(((codes[i / 3] >> (i % 3)) & 1) << (i % 8));
        byte[] picture = [0x2C, 0, 0, 0, 0, 4, 0, 4, 0, 0, 2, (byte)bits.Length, .. bits, 0];
        return
        [
            .. "GIF89a"u8, 4, 0, 4, 0, 0x81, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9,
            .. picture, 0x21, 0xF9, 4, 1, 0, 0, 2, 0, .. picture, 0x3B,
        ];
    }

    /// <summary>Makes the checksums of a PNG file's chunks right again, so that changes reach what is behind them.</summary>
    private static byte[] WithChecksums(byte[] file)
    {
        for (var at = 8L; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length)
                break;
            var body = file.AsSpan((int)at + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(at + 8 + length)), PngChecksum.Of(body));
            at += 12 + length;
        }
        return file;
    }
}
