using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The number of set bits of each element.</summary>
[Op("PopulationCount")]
internal sealed class PopulationCount : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Integer(node.Type("T"), default(Factory)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [null];

    private readonly struct Factory : IIntegerFactory
    {
        public Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => MapUnary.Scalar<Body<T>, T, byte>(2);
    }

    private readonly struct Body<T> : IScalarBody<T, byte> where T : unmanaged, IBinaryInteger<T>
    {
        public static byte Invoke(T x) => byte.CreateTruncating(T.PopCount(x));
    }
}
