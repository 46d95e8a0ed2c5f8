using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>Ones (true) of the input's shape.</summary>
[Op("OnesLike")]
internal sealed class OnesLike : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Number(node.Type("T") == DType.Bool ? DType.UInt8 : node.Type("T"), default(Factory)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [null];

    private readonly struct Factory : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new OnesKernel<T>();
    }

    private sealed class OnesKernel<T> : Kernel where T : unmanaged, INumberBase<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var ones = context.ForwardOrAllocate(0, 0, context.Input(0).Shape);
            var p = ones.Pointer<T>();
            for (var i = 0L; i < ones.Count; i++)
                p[i] = T.One;
        }
    }
}
