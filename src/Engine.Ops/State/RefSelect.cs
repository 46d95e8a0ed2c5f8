using Engine.OpModel;

namespace Engine.Ops.State;

/// <summary>One of several references, by index.</summary>
[Op("RefSelect")]
internal sealed class RefSelect : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        var shape = c.Input(1);
        for (var i = 2; i < c.InputCount; i++)
            shape = shape.Equals(c.Input(i)) ? shape : PartialShape.Unknown;
        c.SetOutput(0, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var index = context.Input(0);
        if (index.Rank != 0)
            throw EngineException.InvalidArgument($"Index must be a scalar, but it has shape {index.Shape}");
        var chosen = index.AsSpan<int>()[0];
        if (chosen < 0 || chosen >= context.InputCount - 1)
            throw EngineException.InvalidArgument($"Index must be in the range [0, {context.InputCount - 1}) but got {chosen}");
        context.Forward(1 + chosen, 0);
    });
}
