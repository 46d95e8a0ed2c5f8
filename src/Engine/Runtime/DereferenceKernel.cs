using Engine.OpModel;
using Engine.Resources;

namespace Engine.Runtime;

/// <summary>Reads the variable behind a reference edge; a value that was fed in its place passes.</summary>
internal sealed class DereferenceKernel : Kernel
{
    internal static DereferenceKernel Instance { get; } = new();

    public override void Compute(KernelContext context)
    {
        if (Variable.FromReference(context.Input(0)) is not { } variable)
        {
            context.Forward(0, 0);
            return;
        }
        if (!variable.IsInitialized)
            throw EngineException.FailedPrecondition($"Attempting to use uninitialized value {context.Node.Name.Replace("/dereference", "", StringComparison.Ordinal)}");
        context.MoveOutput(0, variable.Read());
    }
}
