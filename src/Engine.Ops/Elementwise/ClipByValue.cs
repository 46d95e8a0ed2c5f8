using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Elements between two limits, each a scalar or of the input's shape; the lower one wins where they cross. Of complex numbers the real parts are compared.</summary>
[Op("ClipByValue")]
internal sealed class ClipByValue : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new ClipKernel<NarrowLoop2<NumberLoop2<Minimum.Body, float>, Half>, NarrowLoop2<NumberLoop2<Maximum.Body, float>, Half>, Half>(),
        DType.BFloat16 => new ClipKernel<NarrowLoop2<NumberLoop2<Minimum.Body, float>, BFloat16>, NarrowLoop2<NumberLoop2<Maximum.Body, float>, BFloat16>, BFloat16>(),
        DType.Complex64 => new ClipKernel<ScalarLoop2<SmallerReal, Complex64, Complex64>, ScalarLoop2<LargerReal, Complex64, Complex64>, Complex64>(),
        DType.Complex128 => new ClipKernel<ScalarLoop2<SmallerReal, Complex, Complex>, ScalarLoop2<LargerReal, Complex, Complex>, Complex>(),
        DType.UInt32 or DType.UInt64 => throw node.NoKernel(),
        var type => ElementTypes.Real(type, default(Factory)) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (x, low, high, dz) = (g.Input(0), g.Input(1), g.Input(2), g.OutputGradient(0));
        var zeros = g.Apply("ZerosLike", dz);
        var below = g.Apply("Less", x, low);
        var above = g.Apply("Greater", x, high);
        return
        [
            g.Apply("SelectV2", g.Apply("LogicalOr", below, above), zeros, dz),
            g.SumToShapeOf(g.Apply("SelectV2", below, dz, zeros), low),
            g.SumToShapeOf(g.Apply("SelectV2", above, dz, zeros), high),
        ];
    }

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new ClipKernel<NumberLoop2<Minimum.Body, T>, NumberLoop2<Maximum.Body, T>, T>();
    }

    private readonly struct SmallerReal : IScalarBody2<Complex64, Complex64>, IScalarBody2<Complex, Complex>
    {
        public static Complex64 Invoke(Complex64 x, Complex64 y) => y.Real < x.Real ? y : x;

        public static Complex Invoke(Complex x, Complex y) => y.Real < x.Real ? y : x;
    }

    private readonly struct LargerReal : IScalarBody2<Complex64, Complex64>, IScalarBody2<Complex, Complex>
    {
        public static Complex64 Invoke(Complex64 x, Complex64 y) => x.Real < y.Real ? y : x;

        public static Complex Invoke(Complex x, Complex y) => x.Real < y.Real ? y : x;
    }

    private sealed class ClipKernel<TMin, TMax, T> : Kernel where TMin : struct, IBinaryLoop<T, T> where TMax : struct, IBinaryLoop<T, T> where T : unmanaged
    {
        public override unsafe void Compute(KernelContext context)
        {
            var (x, low, high) = (context.Input(0), context.Input(1), context.Input(2));
            foreach (var limit in (ReadOnlySpan<Tensor>)[low, high])
            {
                if (limit.Rank != 0 && !limit.Shape.Equals(x.Shape))
                {
                    throw EngineException.InvalidArgument("clip_value_min and clip_value_max must be either of the same shape as input, or a scalar. "
                        + $"input shape: {x.Shape} clip_value_min shape: {low.Shape} clip_value_max shape: {high.Shape}");
                }
            }
            var source = x.Pointer<T>();
            var result = context.ForwardOrAllocate(0, 0, x.Shape).Pointer<T>();
            var body = new Range(source, low.Pointer<T>(), high.Pointer<T>(), result, low.Rank == 0, high.Rank == 0);
            context.Workers.Run(x.Count, 2, ref body);
        }

        private readonly unsafe struct Range(T* x, T* low, T* high, T* result, bool lowIsScalar, bool highIsScalar) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                var count = (nint)(end - start);
                TMin.Run(ref x[start], ref high[highIsScalar ? 0 : start], ref result[start], count, false, highIsScalar);
                TMax.Run(ref result[start], ref low[lowIsScalar ? 0 : start], ref result[start], count, false, lowIsScalar);
            }
        }
    }
}
