using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>x to the power y. Integers wrap; a negative integer exponent is an error.</summary>
[Op("Pow")]
internal sealed class Pow : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => MapBinary.Float<Body>(node.Type("T"), cost: 60)
        ?? MapBinary.Complex<OfComplex64, OfComplex128>(node.Type("T"), cost: 120)
        ?? ElementTypes.Integer(node.Type("T"), default(Factory)) ?? throw node.NoKernel();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var (x, y, z) = (g.Conjugate(g.Input(0)), g.Conjugate(g.Input(1)), g.Conjugate(g.Output(0)));
        var type = g.Type("T");
        var partX = dz * y * g.Apply("Pow", x, y - g.Scalar(1, type));
        // The logarithm is taken where it is real (complex: finite) alone; elsewhere the derivative counts as zero.
        var mask = type.IsComplex() ? g.Apply("NotEqual", x, g.Scalar(0, type)) : g.Apply("Greater", x, g.Scalar(0, type));
        var log = g.Apply("SelectV2", mask, g.Apply("Log", g.Apply("SelectV2", mask, x, g.Apply("OnesLike", x))), g.Apply("ZerosLike", x));
        return [g.SumToShapeOf(partX, g.Input(0)), g.SumToShapeOf(dz * z * log, g.Input(1))];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Pow(x, y);
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 x, Complex64 y) => (Complex64)OfComplex128.Invoke(x, y);
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex x, Complex y) => ComplexFunctions.Exp(y * ComplexFunctions.Log(x));
    }

    private readonly struct Factory : IIntegerFactory
    {
        public Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new IntegerKernel<T>();
    }

    private readonly struct OfIntegers<T> : IScalarBody2<T, T> where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T x, T y)
        {
            var result = T.One;
            for (; y > T.Zero; y >>= 1)
            {
                if (T.IsOddInteger(y))
                    result *= x;
                x *= x;
            }
            return result;
        }
    }

    private sealed class IntegerKernel<T> : Kernel where T : unmanaged, IBinaryInteger<T>
    {
        private static readonly Kernel Inner = MapBinary.Scalar<OfIntegers<T>, T, T>(20);

        public override unsafe void Compute(KernelContext context)
        {
            var exponents = context.Input(1);
            var p = exponents.Pointer<T>();
            for (var i = 0L; i < exponents.Count; i++)
            {
                if (T.IsNegative(p[i]))
                    throw EngineException.InvalidArgument("Integers to negative integer powers are not allowed");
            }
            Inner.Compute(context);
        }
    }
}
