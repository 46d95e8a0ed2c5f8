using Engine.OpModel;
using Engine.Ops.TensorLists;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The next tuple of an iterator.</summary>
[Op("IteratorGetNext", "IteratorGetNextSync")]
internal sealed class IteratorGetNext : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shapes = c.Attr("output_shapes").AsList();
        for (var i = 0; i < c.OutputCount && i < shapes.Length; i++)
            c.SetOutput(i, shapes[i].AsShape());
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (types, shapes) = (node.Types("output_types"), node.Shapes("output_shapes"));
        return Kernel.From(context =>
        {
            var tuple = context.Resource<IteratorResource>(0).Next(context.Run) ?? throw EngineException.OutOfRange("End of sequence");
            Check(tuple, types, shapes);
            for (var i = 0; i < tuple.Length; i++)
                context.MoveOutput(i, tuple[i]);
        });
    }

    /// <summary>Refuses a tuple of other types or shapes.</summary>
    internal static void Check(Tensor[] tuple, DType[] types, PartialShape[] shapes)
    {
        if (tuple.Length != types.Length)
            throw EngineException.InvalidArgument($"Expected {types.Length} components but got {tuple.Length}.");
        for (var i = 0; i < tuple.Length; i++)
        {
            if (tuple[i].Type != types[i] || (i < shapes.Length && !shapes[i].IsCompatibleWith(tuple[i].Shape)))
                throw EngineException.InvalidArgument($"Component {i} should be {types[i].Name()}{(i < shapes.Length ? shapes[i] : "")} but is {tuple[i].Type.Name()}{tuple[i].Shape}.");
        }
    }
}
