using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>Floats rounded as quantizing and dequantizing would. Version 1 has its range in attributes, 3 the number of bits as input; the gradient of 4 stops outside the range, that of others passes.</summary>
[Op("QuantizeAndDequantizeV2", "QuantizeAndDequantize", "QuantizeAndDequantizeV3", "QuantizeAndDequantizeV4")]
internal sealed class QuantizeAndDequantizeV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, c.Input(0));
        if (c.InputCount < 3)
            return;
        var axis = c.Attr("axis").AsInt();
        if (axis < -1)
            throw c.Fail($"axis should be at least -1, got {axis}");
        PartialShape low = c.Input(1, axis == -1 ? 0 : 1), high = c.Input(2, axis == -1 ? 0 : 1);
        low.Merge(high);
        if (axis >= 0 && c.Input(0) is { HasRank: true } input && (axis >= input.Rank || !input.Slice((int)axis, (int)axis + 1).IsCompatibleWith(low)))
            throw c.Fail($"axis {axis} of the input must have as many elements as the ranges");
        if (c.InputCount > 3)
            c.Input(3, 0);
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new QuantizeAndDequantizeKernel<float>(node),
        DType.Float64 => new QuantizeAndDequantizeKernel<double>(node),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradients = new Gradient?[g.InputCount];
        if (g.Node.Op != "QuantizeAndDequantizeV4")
        {
            gradients[0] = g.OutputGradient(0);
            return gradients;
        }
        var node = g.NewNode("QuantizeAndDequantizeV4Grad").Input(g.OutputGradient(0)).Input(g.Input(0)).Input(g.Input(1)).Input(g.Input(2)).Attr("axis", g.Attr("axis")).Build();
        return [node[0], node[1], node[2]];
    }
}
