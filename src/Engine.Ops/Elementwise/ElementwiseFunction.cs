using Engine.Ops.Gemm;
using Engine.Ops.Nn;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>A float32 function that a chain can contain: a loop over memory, and about how many cycles an element takes.</summary>
/// <param name="Operands">One or two.</param>
/// <param name="Cost">Cycles per element.</param>
/// <param name="Address">A function pointer: see <see cref="Run"/>.</param>
internal readonly unsafe record struct ElementwiseFunction(int Operands, int Cost, nint Address)
{
    private static readonly Dictionary<string, ElementwiseFunction> ByName = new()
    {
        ["Neg"] = Number<Neg.Body>(),
        ["Abs"] = Number<Abs.Body>(),
        ["Square"] = Number<Square.Body>(),
        ["Sign"] = Number<Sign.Body>(),
        ["Relu"] = Number<Relu.Body>(),
        ["Relu6"] = Number<Relu6.Body>(),
        ["Sqrt"] = Float<Sqrt.Body>(6),
        ["Rsqrt"] = Float<Rsqrt.Body>(10),
        ["Reciprocal"] = Float<Reciprocal.Body>(6),
        ["Inv"] = Float<Reciprocal.Body>(6),
        ["Exp"] = Float<Exp.Body>(12),
        ["Expm1"] = Float<Expm1.Body>(15),
        ["Log"] = Float<Log.Body>(15),
        ["Log1p"] = Float<Log1p.Body>(20),
        ["Erf"] = Float<Erf.Body>(25),
        ["Erfc"] = Float<Erfc.Body>(30),
        ["Sin"] = Float<Sin.Body>(25),
        ["Cos"] = Float<Cos.Body>(25),
        ["Floor"] = Float<Floor.Body>(2),
        ["Ceil"] = Float<Ceil.Body>(2),
        ["Rint"] = Float<Rint.Body>(2),
        ["Tanh"] = Float<Tanh.Body>(20),
        ["Sigmoid"] = Float<Sigmoid.Body>(20),
        ["Softplus"] = Float<Softplus.Body>(30),
        ["Softsign"] = Float<Softsign.Body>(6),
        ["Elu"] = Float<Elu.Body>(15),
        ["Selu"] = Float<Selu.Body>(16),
        ["_Swish"] = Float<Swish.Body>(22),
        [nameof(Activation.GeluExact)] = Float<Gelu.Exact>(30),
        [nameof(Activation.GeluApproximate)] = Float<Gelu.Approximate>(25),
        ["AddV2"] = Number2<AddV2.Body>(),
        ["Add"] = Number2<AddV2.Body>(),
        ["Sub"] = Number2<Sub.Body>(),
        ["Mul"] = Number2<Mul.Body>(),
        ["Maximum"] = Number2<Maximum.Body>(),
        ["Minimum"] = Number2<Minimum.Body>(),
        ["SquaredDifference"] = Number2<SquaredDifference.Body>(),
        ["RealDiv"] = Float2<RealDiv.Body>(4),
        ["Div"] = Float2<RealDiv.Body>(4),
        ["Pow"] = Float2<Pow.Body>(60),
        ["LeakyRelu"] = Float2<LeakyRelu.Scale>(2),
    };

    /// <summary>The function of an op, or null.</summary>
    internal static ElementwiseFunction? Find(string op) => ByName.TryGetValue(op, out var function) ? function : null;

    /// <summary>z = f(x) or f(x, y) for <paramref name="count"/> elements; a scalar operand is one element.</summary>
    internal void Run(float* x, float* y, float* z, nint count, bool xIsScalar, bool yIsScalar)
        => ((delegate*<float*, float*, float*, nint, bool, bool, void>)Address)(x, y, z, count, xIsScalar, yIsScalar);

    private static ElementwiseFunction Number<TBody>() where TBody : struct, INumberBody => new(1, 1, (nint)(delegate*<float*, float*, float*, nint, bool, bool, void>)&Unary<NumberLoop<TBody, float>>);

    private static ElementwiseFunction Float<TBody>(int cost) where TBody : struct, IFloatBody => new(1, cost, (nint)(delegate*<float*, float*, float*, nint, bool, bool, void>)&Unary<FloatLoop<TBody, float>>);

    private static ElementwiseFunction Number2<TBody>() where TBody : struct, INumberBody2 => new(2, 1, (nint)(delegate*<float*, float*, float*, nint, bool, bool, void>)&Binary<NumberLoop2<TBody, float>>);

    private static ElementwiseFunction Float2<TBody>(int cost) where TBody : struct, IFloatBody2 => new(2, cost, (nint)(delegate*<float*, float*, float*, nint, bool, bool, void>)&Binary<FloatLoop2<TBody, float>>);

    private static void Unary<TLoop>(float* x, float* y, float* z, nint count, bool xIsScalar, bool yIsScalar) where TLoop : struct, IUnaryLoop<float, float>
        => TLoop.Run(ref *x, ref *z, count);

    private static void Binary<TLoop>(float* x, float* y, float* z, nint count, bool xIsScalar, bool yIsScalar) where TLoop : struct, IBinaryLoop<float, float>
        => TLoop.Run(ref *x, ref *y, ref *z, count, xIsScalar, yIsScalar);
}
