using System.Globalization;
using System.Text;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Strings;

/// <summary>Strings, or integers as decimal text, to buckets by FarmHash's fingerprint.</summary>
[Op("StringToHashBucketFast", "_TensorToHashBucketFast")]
internal sealed class StringToHashBucketFast : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var buckets = HashBuckets.Count(node);
        if (node.Node.Op == "StringToHashBucketFast")
            return EachString.To(s => (long)(FarmHash.Fingerprint64(s) % buckets));
        if (node.Type("T") is not (DType.Int8 or DType.Int16 or DType.Int32 or DType.Int64))
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var values = IndexTensor.Read(input);
            var result = context.Allocate(0, input.Shape).AsSpan<long>();
            for (var i = 0; i < result.Length; i++)
                result[i] = (long)(FarmHash.Fingerprint64(Encoding.ASCII.GetBytes(values[i].ToString(CultureInfo.InvariantCulture))) % buckets);
        });
    }
}
