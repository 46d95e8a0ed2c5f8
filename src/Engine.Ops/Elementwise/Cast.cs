using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Elementwise;

/// <summary>
/// Elements as another type. Floats are rounded to nearest, or toward zero with <c>Truncate</c>; integers wrap; complex numbers lose their
/// imaginary part; what a float to integer conversion cannot represent is what an x86 processor makes of it.
/// </summary>
[Op("Cast")]
internal sealed class Cast : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (from, to) = (node.Type("SrcT").Unquantized(), node.Type("DstT").Unquantized());
        if (from == to)
            return new ForwardKernel();
        return (node.Bool("Truncate") ? TruncatingCast.Kernel(from, to) : null) ?? (IsSupported(from, to) ? Conversions.Kernel(from, to) : null)
            ?? throw new EngineException(StatusCode.Unimplemented, $"Cast {from.Name()} to {to.Name()} is not supported").At(node.Node.Name, node.Node.Op);
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var type = g.Type("SrcT");
        if (!IsContinuous(type) || !IsContinuous(g.Type("DstT")))
            return [null];
        return [g.NewNode("Cast").Input(g.OutputGradient(0)).Attr("DstT", type).Build()[0]];
    }

    // 4-bit integers meet integers, 8-bit floats come from floats alone.
    private static bool IsSupported(DType from, DType to)
    {
        if (from is DType.Int4 or DType.UInt4)
            return to.IsInteger();
        if (to is DType.Int4 or DType.UInt4)
            return from.IsInteger();
        return to is not (DType.Float8E5M2 or DType.Float8E4M3FN) || from.IsFloating();
    }

    private static bool IsContinuous(DType type) => type is DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64 || type.IsComplex();
}
