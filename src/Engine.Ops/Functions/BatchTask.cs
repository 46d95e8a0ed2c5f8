using Engine.Runtime;

namespace Engine.Ops.Functions;

/// <summary>The rows that one call contributes to a batch, and where its results go.</summary>
internal sealed class BatchTask(Tensor[] inputs, long size, KernelContext context)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Tensor[] Inputs { get; } = inputs;

    internal long Size { get; } = size;

    internal KernelContext Context { get; } = context;

    internal Task Done => done.Task;

    /// <summary>The rows of a call: all inputs have as many.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for scalars, different numbers of rows, or too many.</exception>
    internal static BatchTask Of(KernelContext context, int inputs, BatchOptions options)
    {
        var tensors = new Tensor[inputs];
        for (var i = 0; i < inputs; i++)
        {
            tensors[i] = context.Input(i);
            if (tensors[i].Rank == 0)
                throw EngineException.InvalidArgument("Batching input tensors must have at least one dimension");
            if (tensors[i].Shape[0] != tensors[0].Shape[0])
                throw EngineException.InvalidArgument("Batching input tensors supplied in a given op invocation must have equal 0th-dimension size");
        }
        var size = tensors[0].Shape[0];
        if (size > options.MaximumSize)
            throw EngineException.InvalidArgument($"Task size {size} is larger than maximum input batch size {options.MaximumSize}");
        return new(tensors, size, context);
    }

    internal void Succeed() => done.TrySetResult();

    internal void Fail(Exception error) => done.TrySetException(error);
}
