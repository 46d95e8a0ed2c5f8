using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Half the sum of all squares.</summary>
[Op("L2Loss")]
internal sealed class L2Loss : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => Kernel.From(static context => context.Allocate(0, Shape.Scalar).Start<float>() = Half(context, context.Input(0))),
        DType.Float64 => Kernel.From(static context => context.Allocate(0, Shape.Scalar).Start<double>() = OfDoubles(context)),
        DType.Float16 => Kernel.From(static context =>
        {
            using var wide = WideTensor.Of<System.Half>(context, context.Input(0));
            context.Allocate(0, Shape.Scalar).Start<System.Half>() = (System.Half)Half(context, wide);
        }),
        DType.BFloat16 => Kernel.From(static context =>
        {
            using var wide = WideTensor.Of<BFloat16>(context, context.Input(0));
            context.Allocate(0, Shape.Scalar).Start<BFloat16>() = (BFloat16)Half(context, wide);
        }),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [g.Input(0) * g.OutputGradient(0)];

    private static unsafe float Half(KernelContext context, Tensor x)
    {
        float sum = 0;
        Reducer<EuclideanNorm.SumOfSquares, float>.Run(context.Workers, x.Pointer<float>(), &sum, Whole(x));
        return sum / 2;
    }

    private static unsafe double OfDoubles(KernelContext context)
    {
        double sum = 0;
        var x = context.Input(0);
        Reducer<EuclideanNorm.SumOfSquares, double>.Run(context.Workers, x.Pointer<double>(), &sum, Whole(x));
        return sum / 2;
    }

    private static ReductionPlan Whole(Tensor x)
    {
        using var axis = Tensor.Scalar(0);
        return new ReductionPlan(Shape.Vector(x.Count), axis, false);
    }
}
