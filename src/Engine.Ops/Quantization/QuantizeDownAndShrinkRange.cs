using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>32-bit levels as 8-bit levels of the range that they really use.</summary>
[Op("QuantizeDownAndShrinkRange")]
internal sealed class QuantizeDownAndShrinkRange : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        QuantizedRange.InferShapes(c, 1);
        c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if ((node.Type("Tinput"), node.Type("out_type")) != (DType.QInt32, DType.QUInt8))
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var levels = context.Input(0).AsSpan<int>();
            var range = QuantizedRange.Read(context, 1, 2);
            var used = RequantizationRange.Used(levels, range);
            Requantize.Run(levels, context.Allocate(0, context.Input(0).Shape).AsSpan<byte>(), range, used);
            used.Write(context);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
