using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>A while loop whose condition and body are plans. Inputs are the loop variables, then what stays the same; outputs are the variables at the end.</summary>
internal sealed class LoopKernel(Plan condition, Plan body, int variables) : Kernel
{
    private static readonly Func<Tensor, bool> Verdict = IsTrue;

    public override bool IsSequential => condition.IsPure && body.IsPure;

    public override void Compute(KernelContext context)
    {
        var count = context.InputCount;
        var state = new Tensor[count];
        var arguments = new Tensor[count];
        for (var i = 0; i < count; i++)
            state[i] = context.Take(i);
        var held = 0;
        try
        {
            while (condition.Evaluate(context.Run, state, Verdict))
            {
                Cancellation.Check(context.Run);
                // The variables are given away, so that the body may write them in place.
                for (var i = 0; i < count; i++)
                    arguments[i] = i < variables ? state[i] : state[i].Share();
                held = variables;
                body.Run(context.Run, arguments, state.AsSpan(0, variables));
                held = 0;
            }
            for (var i = 0; i < variables; i++)
                context.SetOutput(i, state[i]);
        }
        finally
        {
            for (var i = held; i < count; i++)
                state[i].Dispose();
        }
    }

    private static bool IsTrue(Tensor verdict) => verdict.Type == DType.Bool && verdict.Rank == 0
        ? verdict.AsSpan<bool>()[0]
        : throw EngineException.InvalidArgument($"The loop condition must be a scalar bool, but it is {verdict.Type.Name()}{verdict.Shape}");
}
