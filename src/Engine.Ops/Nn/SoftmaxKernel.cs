using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Softmax over the last dimension, or its logarithm.</summary>
internal sealed class SoftmaxKernel(DType type, bool isLog) : Kernel
{
    /// <summary>The kernel, or null for types without one.</summary>
    internal static Kernel? Make(DType type, bool isLog)
        => type is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16 ? new SoftmaxKernel(type, isLog) : null;

    public override unsafe void Compute(KernelContext context)
    {
        var x = context.Input(0);
        if (x.Rank == 0)
            throw EngineException.InvalidArgument($"logits must have >= 1 dimension, got {x.Shape}");
        var columns = x.Shape[-1];
        var rows = columns == 0 ? 0 : x.Count / columns;
        switch (type)
        {
            case DType.Float32:
                SoftmaxRows<float>.Run(context.Workers, x.Pointer<float>(), context.ForwardOrAllocate(0, 0, x.Shape).Pointer<float>(), rows, columns, isLog);
                break;
            case DType.Float64:
                SoftmaxRows<double>.Run(context.Workers, x.Pointer<double>(), context.ForwardOrAllocate(0, 0, x.Shape).Pointer<double>(), rows, columns, isLog);
                break;
            case DType.Float16:
                Narrow<Half>(context, x, rows, columns);
                break;
            default:
                Narrow<BFloat16>(context, x, rows, columns);
                break;
        }
    }

    private unsafe void Narrow<TNarrow>(KernelContext context, Tensor x, long rows, long columns) where TNarrow : unmanaged
    {
        using var wide = WideTensor.Of<TNarrow>(context, x);
        SoftmaxRows<float>.Run(context.Workers, wide.Pointer<float>(), wide.Pointer<float>(), rows, columns, isLog);
        WideTensor.Narrow<TNarrow>(wide, context.Allocate(0, x.Shape));
    }
}
