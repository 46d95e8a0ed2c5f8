using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>Adds to a variable, or subtracts from it.</summary>
[Op("AssignAdd", "AssignSub", "AssignAddVariableOp", "AssignSubVariableOp")]
internal sealed class AssignUpdate : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.OutputCount > 0)
            c.SetOutput(0, c.Input(0).Merge(c.Input(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var isReference = VariableTarget.IsReference(node);
        var type = node.Type(isReference ? "T" : "dtype");
        return (node.Node.Op.Contains("Sub", StringComparison.Ordinal)
            ? ElementTypes.Number(type, new Factory<ScatterSub>(isReference, type))
            : ElementTypes.Number(type, new Factory<ScatterAdd>(isReference, type))) ?? throw node.NoKernel();
    }

    private readonly struct Factory<TUpdate>(bool isReference, DType type) : INumberFactory where TUpdate : struct, INumberUpdate
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new UpdateKernel<TUpdate, T>(isReference, type);
    }

    private sealed class UpdateKernel<TUpdate, T>(bool isReference, DType type) : Kernel where TUpdate : struct, INumberUpdate where T : unmanaged, INumberBase<T>
    {
        public override void Compute(KernelContext context)
        {
            var variable = VariableTarget.Find(context, isReference, type);
            var update = context.Input(1);
            lock (variable.Gate)
            {
                if (variable.Value is not { } value || value.Shape != update.Shape)
                {
                    throw EngineException.InvalidArgument(
                        $"Cannot update variable with shape {variable.Value?.Shape} using a Tensor with shape {update.Shape}, shapes must be equal.");
                }
                TUpdate.Apply<T>(variable.Writable(isReference).AsSpan<T>(), update.AsSpan<T>());
            }
            VariableTarget.PassReference(context, isReference);
        }
    }
}
