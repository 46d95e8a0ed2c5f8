using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Lanes;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Square root of the sum of squares over dimensions; squares and sums of integers wrap.</summary>
[Op("EuclideanNorm")]
internal sealed class EuclideanNorm : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, ReductionPlan.Infer(c, c.Attr("keep_dims").AsBool()));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Complex64 => new ComplexKernel<float, Complex64>(node.Bool("keep_dims")),
        DType.Complex128 => new ComplexKernel<double, Complex>(node.Bool("keep_dims")),
        var type => ReductionKernels.Real<SumOfSquares, SquareRoot>(type, node.Bool("keep_dims")) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var norm = ReductionGradients.Unreduced(g, g.Output(0));
        return [g.Input(0) / (norm / ReductionGradients.Unreduced(g, g.OutputGradient(0))), null];
    }

    internal readonly struct SumOfSquares : IReduction
    {
        public static T Identity<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Zero;

        public static V Combine<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Add(x, y);

        public static V Enter<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Mul(x, x);
    }

    private readonly struct SquareRoot : IReductionEnd
    {
        public static void Finish<T>(ref T result, nint count, long reduced) where T : unmanaged, INumber<T>
        {
            for (nint i = 0; i < count; i++)
            {
                ref var x = ref Unsafe.Add(ref result, i);
                x = Conversion.Convert<double, T>(Math.Sqrt(Conversion.Convert<T, double>(x)));
            }
        }
    }

    // The parts of complex numbers are all reduced together.
    private sealed class ComplexKernel<T, TComplex>(bool keepDims) : Kernel where T : unmanaged, INumber<T>, IMinMaxValue<T> where TComplex : unmanaged
    {
        public override unsafe void Compute(KernelContext context)
        {
            var input = context.Input(0);
            var plan = new ReductionPlan(input.Shape, context.Input(1), keepDims);
            plan.Append(2, true);
            var result = context.Allocate(0, plan.Output);
            using var squares = context.Temporary(DTypes.Of<T>(), plan.Output);
            Reducer<SumOfSquares, T>.Run(context.Workers, input.Pointer<T>(), squares.Pointer<T>(), plan);
            SquareRoot.Finish(ref squares.Start<T>(), (nint)squares.Count, plan.ReducedCount);
            ConversionLoop<T, TComplex>.Run(ref squares.Start<T>(), ref result.Start<TComplex>(), (nint)result.Count);
        }
    }
}
