using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>The gradient of <see cref="FakeQuantWithMinMaxArgs"/>: passes inside the range.</summary>
[Op("FakeQuantWithMinMaxArgsGradient")]
internal sealed class FakeQuantWithMinMaxArgsGradient : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var range = FakeQuantWithMinMaxArgs.Range(node);
        return Kernel.From(context =>
        {
            var (gradients, inputs) = (context.Input(0), context.Input(1));
            if (!gradients.Shape.Equals(inputs.Shape))
                throw EngineException.InvalidArgument($"gradient and input must be the same size, not {gradients.Shape} and {inputs.Shape}");
            var from = gradients.AsSpan<float>();
            var x = inputs.AsSpan<float>();
            var to = context.Allocate(0, inputs.Shape).AsSpan<float>();
            for (var i = 0; i < to.Length; i++)
                to[i] = range.Contains(x[i]) ? from[i] : 0;
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
