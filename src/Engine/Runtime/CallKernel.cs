using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>Calls a function as a node: all inputs are arguments, all outputs results.</summary>
public sealed class CallKernel(FunctionHandle function) : Kernel
{
    /// <inheritdoc/>
    public override bool IsSequential => function.IsPure;

    /// <inheritdoc/>
    public override void Compute(KernelContext context)
    {
        var arguments = new Tensor[context.InputCount];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = context.Take(i);
        var results = function.Call(context.Run, arguments);
        for (var i = 0; i < results.Length && i < context.OutputCount; i++)
            context.MoveOutput(i, results[i]);
    }
}
