using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>
/// A conditional whose branches are plans. Input 0 is the predicate, the others are what the branches use; outputs are the merged values, and for those in
/// <paramref name="choices"/> also which input of the Merge was alive, which follows from the predicate.
/// </summary>
internal sealed class BranchKernel(Plan whenFalse, Plan whenTrue, (int WhenFalse, int WhenTrue)[] choices) : Kernel
{
    public override bool IsSequential => whenFalse.IsPure && whenTrue.IsPure;

    public override void Compute(KernelContext context)
    {
        var predicate = context.Input(0);
        if (predicate.Type != DType.Bool || predicate.Rank != 0)
            throw EngineException.InvalidArgument($"The second input must be a scalar, but it has shape {predicate.Shape}");
        var taken = predicate.AsSpan<bool>()[0];
        var arguments = new Tensor[context.InputCount - 1];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = context.Input(i + 1).Share();
        var results = new Tensor[context.OutputCount - choices.Length];
        (taken ? whenTrue : whenFalse).Run(context.Run, arguments, results);
        for (var i = 0; i < results.Length; i++)
            context.MoveOutput(i, results[i]);
        for (var i = 0; i < choices.Length; i++)
            context.MoveOutput(results.Length + i, Tensor.Scalar(taken ? choices[i].WhenTrue : choices[i].WhenFalse));
    }
}
