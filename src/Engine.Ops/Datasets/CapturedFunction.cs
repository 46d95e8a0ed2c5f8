using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>A function with the tensors it captured, to be called on tuples.</summary>
internal sealed class CapturedFunction(FunctionHandle function, Tensor[] captured)
{
    /// <summary>Calls it; the arguments are given away, the results the caller's.</summary>
    internal Tensor[] Call(RunContext run, params ReadOnlySpan<Tensor> arguments)
    {
        var all = new Tensor[arguments.Length + captured.Length];
        arguments.CopyTo(all);
        for (var i = 0; i < captured.Length; i++)
            all[arguments.Length + i] = captured[i].Share();
        return function.Call(run, all);
    }
}
