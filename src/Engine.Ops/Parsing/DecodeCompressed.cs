using System.IO.Compression;
using Engine.OpModel;
using Engine.Ops.Strings;

namespace Engine.Ops.Parsing;

/// <summary>Strings decompressed with zlib or gzip. Data that ends early gives what was read; damaged data is DATA_LOSS.</summary>
[Op("DecodeCompressed")]
internal sealed class DecodeCompressed : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.String("compression_type") switch
    {
        "" => Kernel.From(context => context.Forward(0, 0)),
        "ZLIB" => EachString.Map(s => Inflate(s, source => new ZLibStream(source, CompressionMode.Decompress))),
        "GZIP" => EachString.Map(s => Inflate(s, source => new GZipStream(source, CompressionMode.Decompress))),
        _ => throw node.Fail("Only ZLIB, GZIP or NONE are supported compressions"),
    };

    private static byte[] Inflate(byte[] data, Func<Stream, Stream> decompress)
    {
        using var source = new MemoryStream(data);
        using var stream = decompress(source);
        using var result = new MemoryStream();
        var buffer = new byte[16384];
        try
        {
            int count;
            while ((count = stream.Read(buffer)) > 0)
            {
                if (result.Length + count > Array.MaxLength)
                    throw EngineException.ResourceExhausted("Decompressed data is larger than 2 GiB.");
                result.Write(buffer, 0, count);
            }
        }
        catch (InvalidDataException e) when (source.Position < source.Length || !IsTruncation(e))
        {
            throw new EngineException(StatusCode.DataLoss, $"Compressed data is damaged: {e.Message}", e);
        }
        catch (InvalidDataException)
        {
            // The data ends early: what came out of it is the result.
        }
        return result.ToArray();
    }

    private static bool IsTruncation(InvalidDataException e) => e.Message.Contains("truncated", StringComparison.OrdinalIgnoreCase);
}
