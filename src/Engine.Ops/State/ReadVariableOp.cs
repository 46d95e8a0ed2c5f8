using Engine.Graphs;
using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>The value of a resource variable; the memory is shared until the variable changes.</summary>
[Op("ReadVariableOp")]
internal sealed class ReadVariableOp : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, HandleShape.Of(c.Maker(0)));

    public static Kernel CreateKernel(KernelBuilder node) => new ReadKernel(node.Type("dtype"));

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradientOrNull(0)];

    /// <summary>Reads variable <paramref name="input"/> as output <paramref name="output"/>.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION without a value, INVALID_ARGUMENT for another type.</exception>
    internal static void Read(KernelContext context, int input, int output, DType type)
    {
        var handle = context.Handle(input);
        if (context.Session.Resources.Find<Variable>(handle) is not { IsInitialized: true } variable)
        {
            throw EngineException.FailedPrecondition($"Could not find variable {handle.Name}. This could mean that the variable has been deleted or was never initialized. "
                + $"Container: {handle.Container}");
        }
        if (variable.Type != type)
            throw EngineException.InvalidArgument($"Trying to read variable with wrong dtype. Expected {variable.Type.Name()} got {type.Name()}");
        lock (variable.Gate)
            context.SetOutput(output, variable.Value ?? throw EngineException.FailedPrecondition("The variable was destroyed while it was read."));
    }

    private sealed class ReadKernel(DType type) : Kernel
    {
        public override void Compute(KernelContext context) => Read(context, 0, 0, type);
    }
}
