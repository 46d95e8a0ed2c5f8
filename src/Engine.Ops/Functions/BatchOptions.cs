using Engine.OpModel;

namespace Engine.Ops.Functions;

/// <summary>How large batches grow, and how long they wait to.</summary>
/// <param name="MaximumSize">Most rows of a batch.</param>
/// <param name="MaximumBatches">Most batches that wait.</param>
/// <param name="Timeout">How long a batch waits for more rows.</param>
/// <param name="AllowedSizes">Sizes a batch is padded to, ascending; empty for any.</param>
internal sealed record BatchOptions(long MaximumSize, long MaximumBatches, TimeSpan Timeout, long[] AllowedSizes)
{
    /// <exception cref="EngineException">INVALID_ARGUMENT for sizes that do not fit each other.</exception>
    internal static BatchOptions Of(KernelBuilder node)
    {
        var maximum = node.Int("max_batch_size");
        var allowed = node.Ints("allowed_batch_sizes");
        for (var i = 1; i < allowed.Length; i++)
        {
            if (allowed[i] <= allowed[i - 1])
                throw node.Fail("allowed_batch_sizes entries must be monotonically increasing");
        }
        if (allowed.Length > 0 && allowed[^1] != maximum)
            throw node.Fail("final entry in allowed_batch_sizes must equal max_batch_size when enable_large_batch_splitting is False");
        if (maximum <= 0 || node.Int("num_batch_threads") < (node.Node.Op == "Batch" ? 1 : 0))
            throw node.Fail("num_batch_threads and max_batch_size must be positive");
        return new(maximum, node.Int("max_enqueued_batches"), TimeSpan.FromMicroseconds(Math.Max(0, node.Int("batch_timeout_micros"))), allowed);
    }

    /// <summary>The size that a batch of <paramref name="size"/> rows is padded to.</summary>
    internal long Padded(long size)
    {
        foreach (var allowed in AllowedSizes)
        {
            if (allowed >= size)
                return allowed;
        }
        return size;
    }
}
