using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Pairs of lists, each joined to one list.</summary>
[Op("TensorListConcatLists")]
internal sealed class TensorListConcatLists : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var first = context.Input(0);
            var second = context.Input(1);
            if (first.Shape != second.Shape)
                throw EngineException.InvalidArgument($"input_a.shape {first.Shape} and input_b.shape {second.Shape} must be equal");
            var result = context.Allocate(0, first.Shape).AsSpan<object>();
            for (var i = 0; i < result.Length; i++)
                result[i] = Join(first.AsSpan<object>()[i], second.AsSpan<object>()[i], type);
        });
    }

    private static TensorList Join(object a, object b, DType type)
    {
        if (a is not TensorList x || b is not TensorList y)
            throw EngineException.InvalidArgument("Input handles must be lists.");
        x.CheckType(type);
        y.CheckType(type);
        if (!x.ElementShape.IsCompatibleWith(y.ElementShape))
            throw EngineException.InvalidArgument($"The shapes of the elements of the lists are incompatible: {x.ElementShape} vs. {y.ElementShape}");
        var joined = x.Copy();
        joined.ElementShape = x.ElementShape.Merge(y.ElementShape);
        foreach (var item in y.Items)
            joined.Items.Add(item?.Share());
        return joined;
    }

    public static Gradient?[] Gradient(GradientContext g) => new Gradient?[g.InputCount];
}
