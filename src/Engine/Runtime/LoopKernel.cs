using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>A while loop whose condition and body are plans. Inputs are the loop variables, then what stays the same; outputs are the variables at the end.</summary>
internal sealed class LoopKernel(Plan condition, Plan body, int variables) : Kernel
{
    public override void Compute(KernelContext context)
    {
        var count = context.InputCount;
        var state = new Tensor[count];
        var arguments = new Tensor[count];
        var verdict = new Tensor[1];
        for (var i = 0; i < count; i++)
            state[i] = context.Input(i).Share();
        var held = count;
        try
        {
            while (true)
            {
                Cancellation.Check(context.Run);
                for (var i = 0; i < count; i++)
                    arguments[i] = state[i].Share();
                condition.Run(context.Run, arguments, verdict);
                var goesOn = IsTrue(verdict[0]);
                verdict[0].Dispose();
                if (!goesOn)
                    break;
                // The variables are given away, so that the body may write them in place.
                held = 0;
                for (var i = 0; i < count; i++)
                    arguments[i] = i < variables ? state[i] : state[i].Share();
                body.Run(context.Run, arguments, state.AsSpan(0, variables));
                held = count;
            }
            for (var i = 0; i < variables; i++)
                context.SetOutput(i, state[i]);
        }
        finally
        {
            for (var i = held == 0 ? variables : 0; i < count; i++)
                state[i].Dispose();
        }
    }

    private static bool IsTrue(Tensor verdict) => verdict.Type == DType.Bool && verdict.Rank == 0
        ? verdict.AsSpan<bool>()[0]
        : throw EngineException.InvalidArgument($"The loop condition must be a scalar bool, but it is {verdict.Type.Name()}{verdict.Shape}");
}
