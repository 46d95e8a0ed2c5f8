using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>Cross products of vectors of three elements, the innermost dimension.</summary>
[Op("Cross")]
internal sealed class Cross : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.WithRankAtLeast(c.Input(0), 1).Merge(c.WithRankAtLeast(c.Input(1), 1));
        if (shape.HasRank && shape[-1] >= 0 && shape[-1] != 3)
            throw c.Fail($"Dimension must be 3 but is {shape[-1]}");
        c.SetOutput(0, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Real(node.Type("T"), default(Factory)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
        => [g.Apply("Cross", g.Input(1), g.OutputGradient(0)), g.Apply("Cross", g.OutputGradient(0), g.Input(0))];

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new CrossKernel<T>();
    }

    private sealed class CrossKernel<T> : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var (x, y) = (context.Input(0), context.Input(1));
            if (!x.Shape.Equals(y.Shape))
                throw EngineException.InvalidArgument($"Both inputs must be of same shape: {x.Shape} vs. {y.Shape}");
            if (x.Rank < 1)
                throw EngineException.InvalidArgument($"Input must be at least 1D, not {x.Shape}");
            if (x.Shape[-1] != 3)
                throw EngineException.FailedPrecondition("Cross-products are only defined for 3-element vectors.");
            var a = x.AsSpan<T>();
            var b = y.AsSpan<T>();
            var z = context.Allocate(0, x.Shape).AsSpan<T>();
            for (var i = 0; i + 2 < z.Length; i += 3)
            {
                z[i] = a[i + 1] * b[i + 2] - a[i + 2] * b[i + 1];
                z[i + 1] = a[i + 2] * b[i] - a[i] * b[i + 2];
                z[i + 2] = a[i] * b[i + 1] - a[i + 1] * b[i];
            }
        }
    }
}
