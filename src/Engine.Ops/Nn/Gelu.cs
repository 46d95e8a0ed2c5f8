using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Gemm;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The Gaussian error linear unit, exact or by its formula with a hyperbolic tangent, which plans put in the place of its parts.</summary>
[Op("_Gelu", Definition = "_Gelu(x:T) -> (y:T) {T:type in [float]; approximate:bool}")]
internal sealed class Gelu : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
        => (node.Bool("approximate") ? MapUnary.Float<Approximate>(node.Type("T"), cost: 25) : MapUnary.Float<Exact>(node.Type("T"), cost: 30)) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Fuse(RewriteContext c)
    {
        var activation = c.Node.Attr("approximate").AsBool() ? Activation.GeluApproximate : Activation.GeluExact;
        return ProductFusion.Activation(c, activation) || ConvolutionFusion.Activate(c, activation);
    }

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    /// <summary>The rule of a product: is it x/2 · (1 + erf(x/√2)), or the like with a hyperbolic tangent?</summary>
    internal static bool OfProduct(RewriteContext c)
    {
        if (c.Type("T") != DType.Float32)
            return false;
        var factors = new List<RewriteValue>();
        var scale = 1.0;
        Factors(c.Input(0), factors, ref scale);
        Factors(c.Input(1), factors, ref scale);
        if (factors.Count != 2 || !Near(scale, 0.5))
            return false;
        for (var side = 0; side < 2; side++)
        {
            var (x, gate) = (factors[side], factors[1 - side]);
            if (!gate.IsAbsorbable || gate.Op is not ("AddV2" or "Add") || Other(gate, 1) is not { IsAbsorbable: true } curve)
                continue;
            if (curve.Op == "Erf" && IsMultiple(curve.Input(0), x, 0.70710678118654752))
                return c.Replace("_Gelu", [x], ("approximate", AttrValue.Of(false)));
            if (curve.Op == "Tanh" && IsCubic(curve.Input(0), x))
                return c.Replace("_Gelu", [x], ("approximate", AttrValue.Of(true)));
        }
        return false;
    }

    // Takes a product of scalars and one or two other factors apart.
    private static void Factors(RewriteValue value, List<RewriteValue> factors, ref double scale)
    {
        if (Scalar(value) is { } s)
            scale *= s;
        else if (value.Op == "Mul" && value.IsAbsorbable && (Scalar(value.Input(0)) ?? Scalar(value.Input(1))) is { } inner)
        {
            scale *= inner;
            factors.Add(value.Input(Scalar(value.Input(0)) is null ? 0 : 1));
        }
        else
            factors.Add(value);
    }

    private static bool IsMultiple(RewriteValue value, RewriteValue x, double factor)
        => value.Op == "Mul" && Other(value, factor) == x || (value.Op is "RealDiv" or "Div" && value.Input(0) == x && Scalar(value.Input(1)) is { } d && Near(1 / d, factor));

    // √(2/π) (x + 0.044715 x³)
    private static bool IsCubic(RewriteValue value, RewriteValue x)
    {
        if (value.Op != "Mul" || Other(value, 0.79788456080286536) is not { Op: "AddV2" or "Add" } sum)
            return false;
        for (var side = 0; side < 2; side++)
        {
            if (sum.Input(side) == x && sum.Input(1 - side) is { Op: "Mul" } term && Other(term, 0.044715) is { } cube && IsCube(cube, x))
                return true;
        }
        return false;
    }

    private static bool IsCube(RewriteValue value, RewriteValue x) => value.Op switch
    {
        "Pow" => value.Input(0) == x && Scalar(value.Input(1)) is 3.0,
        "Mul" => (value.Input(0) == x && IsSquare(value.Input(1), x)) || (value.Input(1) == x && IsSquare(value.Input(0), x)),
        _ => false,
    };

    private static bool IsSquare(RewriteValue value, RewriteValue x) => value.Op switch
    {
        "Square" => value.Input(0) == x,
        "Mul" => value.Input(0) == x && value.Input(1) == x,
        _ => false,
    };

    // The input that a commutative node combines with this scalar.
    private static RewriteValue? Other(RewriteValue node, double scalar)
    {
        for (var side = 0; side < 2; side++)
        {
            if (Scalar(node.Input(side)) is { } s && Near(s, scalar))
                return node.Input(1 - side);
        }
        return null;
    }

    private static double? Scalar(RewriteValue value) => value.Constant switch
    {
        { Count: 1, Rank: 0, Type: DType.Float32 } t => t.Item<float>(),
        _ => null,
    };

    private static bool Near(double value, double wanted) => Math.Abs(value - wanted) <= 1e-6 * Math.Abs(wanted);

    internal readonly struct Exact : IFloatBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, Lanes.IFloatLanes<V, T> where T : unmanaged => ActivationBodies.GeluExact.Invoke<W, V, T>(x, x);
    }

    internal readonly struct Approximate : IFloatBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, Lanes.IFloatLanes<V, T> where T : unmanaged => ActivationBodies.GeluApproximate.Invoke<W, V, T>(x, x);
    }
}
