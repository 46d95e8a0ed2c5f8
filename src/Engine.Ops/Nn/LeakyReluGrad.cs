using System.Numerics;
using System.Runtime.Intrinsics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The gradient of LeakyRelu: dy where x is positive, else alpha dy.</summary>
[Op("LeakyReluGrad")]
internal sealed class LeakyReluGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => SameShape.Kernel(new GradientKernel<float>(node.Float("alpha"))),
        DType.Float64 => SameShape.Kernel(new GradientKernel<double>(node.Float("alpha"))),
        DType.Float16 => SameShape.Kernel(new GradientKernel<Half>(node.Float("alpha"))),
        DType.BFloat16 => SameShape.Kernel(new GradientKernel<BFloat16>(node.Float("alpha"))),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) =>
    [
        g.NewNode("LeakyReluGrad").Input(g.OutputGradient(0)).Input(g.Input(1)).Attr("alpha", g.Attr("alpha")).Build()[0],
        g.Apply("ZerosLike", g.Input(1)),
    ];

    private sealed class GradientKernel<T>(float alpha) : Kernel where T : unmanaged, INumber<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var dy = context.Input(0).Pointer<T>();
            var x = context.Input(1).Pointer<T>();
            var result = context.ForwardOrAllocate(0, 1, 0, context.Input(0).Shape);
            var body = new Range(dy, x, result.Pointer<T>(), T.CreateTruncating(alpha));
            context.Workers.Run(result.Count, 3, ref body);
        }

        private readonly unsafe struct Range(T* dy, T* x, T* result, T alpha) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                var i = start;
                if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
                    i = Vectors(i, end);
                for (; i < end; i++)
                    result[i] = x[i] > T.Zero ? dy[i] : dy[i] * alpha;
            }

            private long Vectors(long i, long end)
            {
                var factor = Vector256.Create(alpha);
                for (; i + Vector256<T>.Count <= end; i += Vector256<T>.Count)
                {
                    var gradient = Vector256.Load(dy + i);
                    var isPositive = Vector256.GreaterThan(Vector256.Load(x + i), Vector256<T>.Zero);
                    Vector256.ConditionalSelect(isPositive, gradient, gradient * factor).Store(result + i);
                }
                return i;
            }
        }
    }
}
