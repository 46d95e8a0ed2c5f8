using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>The attribute that all hashing into buckets has.</summary>
internal static class HashBuckets
{
    /// <summary>The number of buckets.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT unless it is positive.</exception>
    internal static ulong Count(KernelBuilder node)
        => node.Int("num_buckets") is > 0 and var count ? (ulong)count : throw node.Fail($"num_buckets must be at least 1, not {node.Int("num_buckets")}");
}
