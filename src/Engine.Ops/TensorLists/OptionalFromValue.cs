using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Tensors as an optional value that is there.</summary>
[Op("OptionalFromValue")]
internal sealed class OptionalFromValue : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var components = new Tensor[context.InputCount];
        for (var i = 0; i < components.Length; i++)
            components[i] = context.Take(i);
        context.Allocate(0, Shape.Scalar).AsSpan<object>()[0] = new OptionalVariant(components);
    });

    public static Gradient?[] Gradient(GradientContext g)
    {
        var types = g.Attr("Toutput_types").AsTypes();
        var shapes = Enumerable.Range(0, types.Length).Select(i => g.Input(i).Shape).ToArray();
        var components = g.NewNode("OptionalGetValue").Input(g.OutputGradient(0)).Attr("output_types", AttrValue.List(types)).Attr("output_shapes", AttrValue.List(shapes)).Build();
        return [.. types.Select((_, i) => Graphs.Gradient.Dense(components[i]))];
    }
}
