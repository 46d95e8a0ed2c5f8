using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>Calls one of several functions with the inputs after the first, and passes its results on.</summary>
internal static class CallBranch
{
    internal static void Run(KernelContext context, FunctionHandle function, int firstArgument)
    {
        var arguments = new Tensor[context.InputCount - firstArgument];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = context.Take(firstArgument + i);
        var results = function.Call(context.Run, arguments);
        if (results.Length < context.OutputCount)
            throw EngineException.InvalidArgument($"Function {function.Name} has {results.Length} results, but {context.OutputCount} are expected.");
        for (var i = 0; i < results.Length; i++)
        {
            if (i < context.OutputCount)
                context.MoveOutput(i, results[i]);
            else
                results[i].Dispose();
        }
    }
}
