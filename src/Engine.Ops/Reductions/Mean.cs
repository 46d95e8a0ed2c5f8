using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Elementwise;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Mean over dimensions. Integers are added without overflow up to 64 bits, and the quotient truncates; the mean of no integer is 0.</summary>
[Op("Mean")]
internal sealed class Mean : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, ReductionPlan.Infer(c, c.Attr("keep_dims").AsBool()));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var keepDims = node.Bool("keep_dims");
        var type = node.Type("T");
        return type switch
        {
            DType.Complex64 => new ReductionKernel<Sum.Reduction, DivideUnlessEmpty, float>(keepDims, 2),
            DType.Complex128 => new ReductionKernel<Sum.Reduction, DivideUnlessEmpty, double>(keepDims, 2),
            DType.UInt64 => new ReductionKernel<Sum.Reduction, DivideByCount, ulong>(keepDims),
            _ => type.IsInteger() ? ElementTypes.Integer(type, new Factory(keepDims))!
                : ReductionKernels.Real<Sum.Reduction, DivideByCount>(type, keepDims) ?? throw node.NoKernel(),
        };
    }

    public static bool ActsOnRows(RewriteContext c) => RowAxes.Keep(c, c.Input(1));

    public static Gradient?[] Gradient(GradientContext g)
        => [ReductionGradients.Spread(g, g.OutputGradient(0)) / ReductionGradients.ReducedCount(g, g.Type("T")), null];

    private readonly struct DivideByCount : IReductionEnd
    {
        public static void Finish<T>(ref T result, nint count, long reduced) where T : unmanaged, INumber<T>
        {
            var n = T.CreateTruncating(reduced);
            if (reduced == 0 && typeof(T) != typeof(float) && typeof(T) != typeof(double))
                return;
            for (nint i = 0; i < count; i++)
                System.Runtime.CompilerServices.Unsafe.Add(ref result, i) /= n;
        }
    }

    // The mean of no complex number is 0, unlike that of no real one.
    private readonly struct DivideUnlessEmpty : IReductionEnd
    {
        public static void Finish<T>(ref T result, nint count, long reduced) where T : unmanaged, INumber<T>
        {
            if (reduced != 0)
                DivideByCount.Finish(ref result, count, reduced);
        }
    }

    private readonly struct Factory(bool keepDims) : IIntegerFactory
    {
        public Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new IntegerKernel<T>(keepDims);
    }

    private sealed class IntegerKernel<T>(bool keepDims) : Kernel where T : unmanaged, IBinaryInteger<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var input = context.Input(0);
            var plan = new ReductionPlan(input.Shape, context.Input(1), keepDims);
            var result = context.Allocate(0, plan.Output);
            using var wide = context.Temporary(DType.Int64, input.Shape);
            using var sums = context.Temporary(DType.Int64, plan.Output);
            ConversionLoop<T, long>.Run(ref input.Start<T>(), ref wide.Start<long>(), (nint)input.Count);
            Reducer<Sum.Reduction, long>.Run(context.Workers, wide.Pointer<long>(), sums.Pointer<long>(), plan);
            DivideByCount.Finish(ref sums.Start<long>(), (nint)sums.Count, plan.ReducedCount);
            ConversionLoop<long, T>.Run(ref sums.Start<long>(), ref result.Start<T>(), (nint)result.Count);
        }
    }
}
