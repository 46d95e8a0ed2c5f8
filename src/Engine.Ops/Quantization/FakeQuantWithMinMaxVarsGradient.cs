using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>The gradient of <see cref="FakeQuantWithMinMaxVars"/>: passes inside the range; what lies below or above goes to the range's end.</summary>
[Op("FakeQuantWithMinMaxVarsGradient", "FakeQuantWithMinMaxVarsPerChannelGradient")]
internal sealed class FakeQuantWithMinMaxVarsGradient : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        FakeQuantWithMinMaxVars.CheckShapes(c, 1, 2);
        c.SetOutput(0, c.Input(1));
        c.SetOutput(1, c.Input(2));
        c.SetOutput(2, c.Input(3));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (bits, narrow) = (FakeRange.Bits(node), node.Bool("narrow_range"));
        var perChannel = FakeQuantWithMinMaxVars.IsPerChannel(node.Node);
        return Kernel.From(context =>
        {
            var (gradients, inputs) = (context.Input(0), context.Input(1));
            if (!gradients.Shape.Equals(inputs.Shape))
                throw EngineException.InvalidArgument($"gradient and input must be the same size, not {gradients.Shape} and {inputs.Shape}");
            var ranges = FakeQuantWithMinMaxVars.Ranges(context, inputs, 2, perChannel, bits, narrow);
            var from = gradients.AsSpan<float>();
            var x = inputs.AsSpan<float>();
            var to = context.Allocate(0, inputs.Shape).AsSpan<float>();
            var (below, above) = (new double[ranges.Length], new double[ranges.Length]);
            for (var i = 0; i < to.Length; i++)
            {
                var c = i % ranges.Length;
                ref readonly var range = ref ranges[c];
                var passes = range.IsEmpty || range.Contains(x[i]);
                to[i] = passes ? from[i] : 0;
                if (!passes && x[i] < range.Low)
                    below[c] += from[i];
                else if (!passes && x[i] > range.High)
                    above[c] += from[i];
            }
            var low = context.Allocate(1, context.Input(2).Shape).AsSpan<float>();
            var high = context.Allocate(2, context.Input(3).Shape).AsSpan<float>();
            for (var c = 0; c < ranges.Length; c++)
                (low[c], high[c]) = ((float)below[c], (float)above[c]);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
