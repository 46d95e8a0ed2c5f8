using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Bits moved right, the sign with them; the amount is kept between 0 and the number of bits less one.</summary>
[Op("RightShift")]
internal sealed class RightShift : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Integer(node.Type("T"), default(Factory)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    private readonly struct Factory : IIntegerFactory
    {
        public Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => MapBinary.Scalar<Body<T>, T, T>();
    }

    private readonly struct Body<T> : IScalarBody2<T, T> where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T x, T y) => x >> int.CreateTruncating(T.Clamp(y, T.Zero, T.CreateTruncating((Unsafe.SizeOf<T>() * 8) - 1)));
    }
}
