using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Strings to buckets by a keyed hash.</summary>
[Op("StringToHashBucketStrong")]
internal sealed class StringToHashBucketStrong : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var buckets = HashBuckets.Count(node);
        var key = node.Ints("key");
        if (key.Length != 2)
            throw node.Fail("Key must have 2 elements");
        return EachString.To(s => (long)(SipHash.Of(s, (ulong)key[0], (ulong)key[1]) % buckets));
    }
}
