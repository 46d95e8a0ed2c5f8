using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>What a function makes of each tuple.</summary>
[Op("MapDataset", "ParallelMapDataset", "ParallelMapDatasetV2")]
internal sealed class MapDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (function, types) = (node.Function("f"), node.Types("output_types"));
        var captured = node.InputRange("other_arguments");
        var isParallel = node.Node.Op != "MapDataset";
        return DatasetOps.Kernel(context =>
        {
            var (source, call) = (Dataset.Of(context.Input(0)), new CapturedFunction(function, context.Keep(captured)));
            if (isParallel && context.Int(context.InputCount - 1, "num_parallel_calls") is var calls && calls < 1 && calls != -1)
                throw EngineException.InvalidArgument("num_parallel_calls must be greater than zero.");
            return DerivedDataset.From(source, types, source.Cardinality, walk => run => walk.Next(run) is { } tuple ? call.Call(run, tuple) : null);
        });
    }
}
