using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The gradient of batch normalisation.</summary>
[Op("FusedBatchNormGrad", "FusedBatchNormGradV2", "FusedBatchNormGradV3")]
internal sealed class FusedBatchNormGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var x = c.Input(0).Merge(c.Input(1));
        c.SetOutput(0, x);
        var channels = PartialShape.Vector(x.HasRank ? x[BatchNormShape.Channel(c.Node, x.Rank)] : -1);
        c.SetOutput(1, channels);
        c.SetOutput(2, channels);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        if (type is not (DType.Float32 or DType.Float16 or DType.BFloat16))
            throw node.NoKernel();
        var epsilon = node.Float("epsilon");
        var isTraining = node.Bool("is_training");
        return Kernel.From(context => Compute(context, type, epsilon, isTraining));
    }

    /// <summary>By composition of the formula's steps, as TensorFlow does; the inputs of the forward op stand for its outputs.</summary>
    public static Gradient?[] Gradient(GradientContext g) => BatchNormSecondOrder.Gradient(g);

    private static void Compute(KernelContext context, DType type, float epsilon, bool isTraining)
    {
        var (dy, x) = (context.Input(0), context.Input(1));
        if (!dy.Shape.Equals(x.Shape))
            throw EngineException.InvalidArgument($"x and y_backprop must have same shape, but x has shape {x.Shape} and y_backprop has shape {dy.Shape}");
        var shape = BatchNormShape.Of(x.Shape, context.Node);
        shape.CheckVector(context.Input(2), "scale");
        shape.CheckVector(context.Input(3), "reserve_space_1");
        shape.CheckVector(context.Input(4), "reserve_space_2");
        using var wideDy = Wide(context, dy, type);
        using var wideX = Wide(context, x, type);
        if (type == DType.Float32)
        {
            Run(context, wideDy, wideX, context.Allocate(0, x.Shape), shape, epsilon, isTraining);
        }
        else
        {
            using var wide = context.Temporary(DType.Float32, x.Shape);
            Run(context, wideDy, wideX, wide, shape, epsilon, isTraining);
            var result = context.Allocate(0, x.Shape);
            if (type == DType.Float16)
                WideTensor.Narrow<Half>(wide, result);
            else
                WideTensor.Narrow<BFloat16>(wide, result);
        }
        // Places of what inference would estimate.
        context.AllocateZeros(3, Shape.Vector(0));
        context.AllocateZeros(4, Shape.Vector(0));
    }

    private static Tensor Wide(KernelContext context, Tensor tensor, DType type) => type switch
    {
        DType.Float16 => WideTensor.Of<Half>(context, tensor),
        DType.BFloat16 => WideTensor.Of<BFloat16>(context, tensor),
        _ => tensor.Share(),
    };

    private static unsafe void Run(KernelContext context, Tensor dyTensor, Tensor xTensor, Tensor dxTensor, BatchNormShape shape, float epsilon, bool isTraining)
    {
        var dy = dyTensor.Pointer<float>();
        var x = xTensor.Pointer<float>();
        var dx = dxTensor.Pointer<float>();
        var channels = (int)shape.Channels;
        var scale = context.Input(2).AsSpan<float>();
        var mean = context.Input(3).AsSpan<float>();
        var variance = context.Input(4).AsSpan<float>();
        var dScale = context.Allocate(1, channels).AsSpan<float>();
        var dOffset = context.Allocate(2, channels).AsSpan<float>();
        var sums = new double[channels];
        var products = new double[channels];
        var at = 0L;
        for (var o = 0L; o < shape.Outer; o++)
        {
            for (var c = 0; c < channels; c++)
            {
                for (var i = 0L; i < shape.Inner; i++, at++)
                {
                    sums[c] += dy[at];
                    products[c] += (double)dy[at] * (x[at] - mean[c]);
                }
            }
        }
        var inverse = new float[channels];
        for (var c = 0; c < channels; c++)
        {
            inverse[c] = 1 / MathF.Sqrt(variance[c] + epsilon);
            dScale[c] = (float)products[c] * inverse[c];
            dOffset[c] = (float)sums[c];
        }
        at = 0;
        for (var o = 0L; o < shape.Outer; o++)
        {
            for (var c = 0; c < channels; c++)
            {
                var factor = scale[c] * inverse[c];
                var average = isTraining ? (float)(sums[c] / shape.Rest) : 0;
                var slope = isTraining ? (float)(products[c] / shape.Rest) * inverse[c] * inverse[c] : 0;
                // In inference x takes no part: not even as a NaN.
                for (var i = 0L; i < shape.Inner; i++, at++)
                    dx[at] = isTraining ? factor * (dy[at] - average - (x[at] - mean[c]) * slope) : factor * dy[at];
            }
        }
    }
}
