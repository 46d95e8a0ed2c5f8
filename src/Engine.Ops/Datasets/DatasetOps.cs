using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>What the dataset ops share.</summary>
internal static class DatasetOps
{
    /// <summary>A kernel that makes a dataset from the inputs.</summary>
    internal static Kernel Kernel(Func<KernelContext, Dataset> create)
        => OpModel.Kernel.From(context => context.Allocate(0, Shape.Scalar).AsSpan<object>()[0] = create(context));

    /// <summary>An integer scalar input.</summary>
    internal static long Int(this KernelContext context, int input, string what)
        => IndexTensor.Scalar(context.Input(input), what);

    /// <summary>A truth input.</summary>
    internal static bool Bool(this KernelContext context, int input)
        => context.Input(input) is { Rank: 0 } t ? t.AsSpan<bool>()[0] : throw EngineException.InvalidArgument($"Input {input} must be a scalar");

    /// <summary>Inputs as tensors to keep.</summary>
    internal static Tensor[] Keep(this KernelContext context, Range inputs) => Array.ConvertAll(context.Inputs(inputs), t => t.Share());

    /// <summary>The only element, a truth value.</summary>
    internal static bool Truth(Tensor[] results)
    {
        if (results.Length != 1 || results[0].Type != DType.Bool || results[0].Count != 1)
            throw EngineException.InvalidArgument("The predicate must return a scalar bool.");
        using var result = results[0];
        return result.AsSpan<bool>()[0];
    }
}
