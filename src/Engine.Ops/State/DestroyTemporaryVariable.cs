using Engine.OpModel;

namespace Engine.Ops.State;

/// <summary>The last value of a temporary variable, which ends here.</summary>
[Op("DestroyTemporaryVariable")]
internal sealed class DestroyTemporaryVariable : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var variable = context.InputVariable(0);
        context.MoveOutput(0, variable.Read());
        variable.Dispose();
    });
}
