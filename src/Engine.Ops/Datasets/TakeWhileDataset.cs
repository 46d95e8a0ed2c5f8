using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The tuples before the first that a predicate is false of.</summary>
[Op("TakeWhileDataset", "ExperimentalTakeWhileDataset")]
internal sealed class TakeWhileDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var function = node.Function("predicate");
        var captured = node.InputRange("other_arguments");
        return DatasetOps.Kernel(context =>
        {
            var (source, call) = (Dataset.Of(context.Input(0)), new CapturedFunction(function, context.Keep(captured)));
            return DerivedDataset.From(source, source.Types, Dataset.Unknown, walk =>
            {
                var done = false;
                return run =>
                {
                    if (done || walk.Next(run) is not { } tuple)
                        return null;
                    done = !DatasetOps.Truth(call.Call(run, Array.ConvertAll(tuple, t => t.Share())));
                    return done ? null : tuple;
                };
            });
        });
    }
}
