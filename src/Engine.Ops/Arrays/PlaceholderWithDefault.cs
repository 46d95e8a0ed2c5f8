using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>A placeholder that is the input when it is not fed.</summary>
[Op("PlaceholderWithDefault")]
internal sealed class PlaceholderWithDefault : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Attr("shape").AsShape();
        c.Input(0).Merge(shape);
        // A feed may be of any shape that the attribute allows, whatever the default's.
        c.SetOutput(0, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradientOrNull(0)];
}
