using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Strings to buckets by TensorFlow's older hash.</summary>
[Op("StringToHashBucket")]
internal sealed class StringToHashBucket : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var buckets = HashBuckets.Count(node);
        return EachString.To(s => (long)(Hash64.Of(s) % buckets));
    }
}
