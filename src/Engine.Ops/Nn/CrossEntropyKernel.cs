using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Cross entropy of softmax probabilities with labels, and its gradient, for all float types; 16-bit ones are computed in float32.</summary>
internal abstract class CrossEntropyKernel(DType type) : Kernel
{
    /// <summary>Writes the loss of each row, and the softmax in <paramref name="probabilities"/> less the labels. There, the logarithms of the softmax come in.</summary>
    protected abstract unsafe void Finish<T>(KernelContext context, T* probabilities, T* loss, long rows, long classes) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Rows and classes, after checks.</summary>
    protected abstract (Tensor Logits, Shape Shape) Check(KernelContext context);

    public override unsafe void Compute(KernelContext context)
    {
        var (logits, shape) = Check(context);
        using (logits)
        {
            switch (type)
            {
                case DType.Float64:
                    Plain<double>(context, logits, shape);
                    break;
                case DType.Float32:
                    Plain<float>(context, logits, shape);
                    break;
                case DType.Float16:
                    Narrow<Half>(context, logits, shape);
                    break;
                default:
                    Narrow<BFloat16>(context, logits, shape);
                    break;
            }
        }
    }

    private unsafe void Plain<T>(KernelContext context, Tensor logits, Shape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var loss = context.Allocate(0, shape[0]).Pointer<T>();
        var backprop = context.Allocate(1, shape).Pointer<T>();
        SoftmaxRows<T>.Run(context.Workers, logits.Pointer<T>(), backprop, shape[0], shape[1], isLog: true);
        Finish(context, backprop, loss, shape[0], shape[1]);
    }

    private unsafe void Narrow<TNarrow>(KernelContext context, Tensor logits, Shape shape) where TNarrow : unmanaged
    {
        using var wide = WideTensor.Of<TNarrow>(context, logits);
        using var loss = context.Temporary(DType.Float32, Shape.Vector(shape[0]));
        SoftmaxRows<float>.Run(context.Workers, wide.Pointer<float>(), wide.Pointer<float>(), shape[0], shape[1], isLog: true);
        Finish(context, wide.Pointer<float>(), loss.Pointer<float>(), shape[0], shape[1]);
        WideTensor.Narrow<TNarrow>(loss, context.Allocate(0, loss.Shape));
        WideTensor.Narrow<TNarrow>(wide, context.Allocate(1, shape));
    }
}
