using Engine.OpModel;

namespace Engine.Ops.State;

/// <summary>The last value of a temporary variable, which ends here.</summary>
[Op("DestroyTemporaryVariable")]
internal sealed class DestroyTemporaryVariable : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var name = node.String("var_name");
        return Kernel.From(context =>
        {
            var variable = context.InputVariable(0);
            if (!TemporaryVariables.Of(context.Run, name).Remove())
                throw EngineException.NotFound($"Temporary variable {name} does not exist.");
            context.MoveOutput(0, variable.Read());
            variable.Dispose();
        });
    }
}
