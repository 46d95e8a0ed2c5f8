using System.Buffers.Binary;
using System.Text;
using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>A fingerprint of 8 bytes for each row of the first dimension.</summary>
[Op("Fingerprint")]
internal sealed class Fingerprint : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var data = c.WithRankAtLeast(c.Input(0), 1);
        c.Input(1, 0);
        c.SetOutput(0, [data[0], 8]);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.InputType(0) is DType.Resource or DType.Variant)
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var data = context.Input(0);
            var method = context.Input(1);
            if (method.Rank != 0)
                throw EngineException.InvalidArgument($"`method` should be a scalar string: {method.Shape}");
            if (!method.AsSpan<byte[]>()[0].AsSpan().SequenceEqual("farmhash64"u8))
                throw EngineException.InvalidArgument($"Unsupported fingerprint method: {Encoding.UTF8.GetString(method.AsSpan<byte[]>()[0])}");
            if (data.Rank == 0)
                throw EngineException.InvalidArgument($"`data` should have at least one dimension: {data.Shape}");
            var rows = (int)data.Shape[0];
            var result = context.Allocate(0, rows, 8).AsSpan<byte>();
            for (var row = 0; row < rows; row++)
                BinaryPrimitives.WriteUInt64LittleEndian(result[(8 * row)..], OfRow(data, row, (int)(data.Count / rows)));
        });
    }

    private static ulong OfRow(Tensor data, int row, int width)
    {
        if (data.Type != DType.String)
        {
            var bytes = width * data.Type.Size();
            return FarmHash.Fingerprint64(data.Bytes().Slice(row * bytes, bytes));
        }
        var strings = data.AsSpan<byte[]>().Slice(row * width, width);
        if (width == 1)
            return FarmHash.Fingerprint64(strings[0]);
        // Several strings: the fingerprint of their fingerprints.
        var inner = new byte[8 * width];
        for (var i = 0; i < width; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(inner.AsSpan(8 * i), FarmHash.Fingerprint64(strings[i]));
        return FarmHash.Fingerprint64(inner);
    }
}
