using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>The regularised incomplete beta function. Arguments are scalars or of one shape.</summary>
[Op("Betainc")]
internal sealed class Betainc : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = PartialShape.Scalar;
        for (var i = 0; i < 3; i++)
        {
            if (!c.Input(i).HasRank)
                return;
            if (c.Input(i).Rank > 0)
                shape = shape.Rank == 0 ? c.Input(i) : shape.Merge(c.Input(i));
        }
        c.SetOutput(0, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new BetaKernel<float>(),
        DType.Float64 => new BetaKernel<double>(),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (a, b, x) = (g.Input(0), g.Input(1), g.Input(2));
        var one = g.Scalar(1, g.Type("T"));
        var logBeta = g.Apply("Lgamma", a) + g.Apply("Lgamma", b) - g.Apply("Lgamma", a + b);
        var part = g.Apply("Exp", g.Apply("Xlog1py", b - one, -x) + g.Apply("Xlogy", a - one, x) - logBeta);
        return [null, null, g.SumToShapeOf(g.OutputGradient(0) * part, x)];
    }

    private sealed class BetaKernel<T> : Kernel where T : unmanaged, INumber<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var shape = Shape.Scalar;
            for (var i = 0; i < 3; i++)
            {
                var input = context.Input(i).Shape;
                if (input.Rank > 0 && shape.Rank > 0 && !input.Equals(shape))
                    throw EngineException.InvalidArgument($"Shapes of a, b and x must be equal or scalar, but are {context.Input(0).Shape}, {context.Input(1).Shape}, {context.Input(2).Shape}");
                if (input.Rank > 0)
                    shape = input;
            }
            var result = context.Allocate(0, shape);
            var body = new Range(context.Input(0).Pointer<T>(), context.Input(1).Pointer<T>(), context.Input(2).Pointer<T>(), result.Pointer<T>(),
                context.Input(0).Rank > 0, context.Input(1).Rank > 0, context.Input(2).Rank > 0);
            context.Workers.Run(result.Count, 500, ref body);
        }

        private readonly unsafe struct Range(T* a, T* b, T* x, T* result, bool aMoves, bool bMoves, bool xMoves) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                for (var i = start; i < end; i++)
                {
                    result[i] = T.CreateTruncating(SpecialFunctions.Betainc.Invoke(
                        double.CreateTruncating(a[aMoves ? i : 0]), double.CreateTruncating(b[bMoves ? i : 0]), double.CreateTruncating(x[xMoves ? i : 0])));
                }
            }
        }
    }
}
