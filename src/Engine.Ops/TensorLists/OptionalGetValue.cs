using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>The tensors of an optional value, which must be there.</summary>
[Op("OptionalGetValue")]
internal sealed class OptionalGetValue : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shapes = c.Attr("output_shapes").AsList();
        for (var i = 0; i < c.OutputCount && i < shapes.Length; i++)
            c.SetOutput(i, shapes[i].AsShape());
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var types = node.Types("output_types");
        var shapes = node.Shapes("output_shapes");
        if (types.Length != shapes.Length)
            throw node.Fail($"output_types and output_shapes must be same length, got {types.Length} and {shapes.Length}");
        return Kernel.From(context =>
        {
            var components = OptionalVariant.Of(context.Input(0)).Components
                ?? throw EngineException.InvalidArgument("The given optional does not have a value.");
            if (components.Length != types.Length)
                throw EngineException.InvalidArgument($"The given optional has {components.Length} components, expected {types.Length}.");
            for (var i = 0; i < types.Length; i++)
            {
                if (components[i].Type != types[i] || !shapes[i].IsCompatibleWith(components[i].Shape))
                {
                    throw EngineException.InvalidArgument($"The given optional does not match the expected type or shape for component {i}. "
                        + $"Expected: {types[i].Name()}{shapes[i]}. Actual: {components[i].Type.Name()}{components[i].Shape}");
                }
            }
            for (var i = 0; i < types.Length; i++)
                context.SetOutput(i, components[i]);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("OptionalFromValue").Input([.. Enumerable.Range(0, g.OutputCount).Select(g.OutputGradient)]).Build()[0]];
}
