using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The tuples of the datasets that a function makes of each tuple, one dataset after another.</summary>
[Op("FlatMapDataset")]
internal sealed class FlatMapDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (function, types) = (node.Function("f"), node.Types("output_types"));
        var captured = node.InputRange("other_arguments");
        return DatasetOps.Kernel(context =>
        {
            var (source, call) = (Dataset.Of(context.Input(0)), new CapturedFunction(function, context.Keep(captured)));
            return DerivedDataset.From(source, types, Dataset.Unknown, walk =>
            {
                DatasetIterator? inner = null;
                return run =>
                {
                    while (true)
                    {
                        if (inner?.Next(run) is { } element)
                            return element;
                        inner?.Dispose();
                        inner = null;
                        if (walk.Next(run) is not { } tuple)
                            return null;
                        using var made = call.Call(run, tuple)[0];
                        inner = Dataset.Of(made).Iterate();
                    }
                };
            });
        });
    }
}
