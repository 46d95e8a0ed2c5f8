using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Whether an element is neither infinite nor NaN.</summary>
[Op("IsFinite")]
internal sealed class IsFinite : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T").IsFloating() ? ElementTypes.Real(node.Type("T"), default(Factory))! : throw node.NoKernel();

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => MapUnary.Scalar<Body<T>, T, byte>(cost: 2);
    }

    private readonly struct Body<T> : IScalarBody<T, byte> where T : INumberBase<T>
    {
        public static byte Invoke(T x) => T.IsFinite(x) ? (byte)1 : (byte)0;
    }
}
