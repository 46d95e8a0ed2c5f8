using System.Collections.Concurrent;
using Engine.Resources;

namespace Engine.Ops.Functions;

/// <summary>Where calls leave tensors for each other, by the number that <c>Batch</c> gave each call.</summary>
internal sealed class BatchExchange : Resource
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<Tensor>> places = new();

    public override string Kind => "batch exchange";

    /// <summary>Leaves a tensor, which is given away, for call <paramref name="id"/>.</summary>
    internal void Put(long id, Tensor tensor) => Place(id).TrySetResult(tensor);

    /// <summary>Waits for the tensor of call <paramref name="id"/>.</summary>
    /// <exception cref="EngineException">DEADLINE_EXCEEDED after <paramref name="timeout"/>.</exception>
    internal async Task<Tensor> Take(long id, TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return await Place(id).Task.WaitAsync(timeout, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new EngineException(StatusCode.DeadlineExceeded, "Batched data did not arrive within timeout window.", e);
        }
        finally
        {
            places.TryRemove(id, out _);
        }
    }

    /// <summary>The rows of the batch index: which call gave rows from where to where.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when they are not rows of the batch.</exception>
    internal static (long Id, long Start, long Count)[] Read(Tensor index, Tensor batched)
    {
        if (index.Rank != 2 || index.Shape[1] != 3)
            throw EngineException.InvalidArgument($"batch_index must be a matrix with 3 columns, but it has shape {index.Shape}");
        var rows = new (long, long, long)[index.Shape[0]];
        var values = index.AsSpan<long>();
        for (var i = 0; i < rows.Length; i++)
        {
            var (id, start, end) = (values[3 * i], values[3 * i + 1], values[3 * i + 2]);
            if (batched.Rank == 0 || start < 0 || end < start || end > batched.Shape[0])
                throw EngineException.InvalidArgument($"Rows {start} to {end} are not in a batch of shape {batched.Shape}");
            rows[i] = (id, start, end - start);
        }
        return rows;
    }

    private TaskCompletionSource<Tensor> Place(long id)
        => places.GetOrAdd(id, _ => new TaskCompletionSource<Tensor>(TaskCreationOptions.RunContinuationsAsynchronously));
}
