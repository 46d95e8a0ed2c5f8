using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input itself, which must have the given shape.</summary>
[Op("EnsureShape")]
internal sealed class EnsureShape : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Attr("shape").AsShape()));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var shape = node.Shape("shape");
        return Kernel.From(context =>
        {
            if (!shape.IsCompatibleWith(context.Input(0).Shape))
                throw EngineException.InvalidArgument($"Shape of tensor {node.Node.Name} {context.Input(0).Shape} is not compatible with expected shape {shape}.");
            context.Forward(0, 0);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0)];
}
