using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>A state that a function makes from the state before and each tuple in turn.</summary>
[Op("ReduceDataset")]
internal sealed class ReduceDataset : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shapes = c.Attr("output_shapes").AsList();
        for (var i = 0; i < c.OutputCount && i < shapes.Length; i++)
            c.SetOutput(i, shapes[i].AsShape());
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var function = node.Function("f");
        var (types, shapes) = (node.Types("output_types"), node.Shapes("output_shapes"));
        var (initial, captured) = (node.InputRange("initial_state"), node.InputRange("other_arguments"));
        return Kernel.From(context =>
        {
            var call = new CapturedFunction(function, context.Keep(captured));
            var state = context.Keep(initial);
            using var walk = Dataset.Of(context.Input(0)).Iterate();
            while (walk.Next(context.Run) is { } tuple)
                state = call.Call(context.Run, [.. state, .. tuple]);
            IteratorGetNext.Check(state, types, shapes);
            for (var i = 0; i < state.Length; i++)
                context.MoveOutput(i, state[i]);
        });
    }
}
