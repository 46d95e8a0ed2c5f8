using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The tuples that a predicate is true of.</summary>
[Op("FilterDataset", "ParallelFilterDataset")]
internal sealed class FilterDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var function = node.Function("predicate");
        var captured = node.InputRange("other_arguments");
        return DatasetOps.Kernel(context =>
        {
            var (source, call) = (Dataset.Of(context.Input(0)), new CapturedFunction(function, context.Keep(captured)));
            return DerivedDataset.From(source, source.Types, Dataset.Unknown, walk => run =>
            {
                while (walk.Next(run) is { } tuple)
                {
                    if (DatasetOps.Truth(call.Call(run, Array.ConvertAll(tuple, t => t.Share()))))
                        return tuple;
                }
                return null;
            });
        });
    }
}
