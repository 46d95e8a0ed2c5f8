using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>A dataset as it is: ops that say how to run it, which changes no tuple.</summary>
[Op("PrefetchDataset", "OptionsDataset", "ModelDataset", "OptimizeDataset", "OptimizeDatasetV2", "FinalizeDataset", "MaxIntraOpParallelismDataset", "ExperimentalMaxIntraOpParallelismDataset",
    "PrivateThreadPoolDataset", "ExperimentalPrivateThreadPoolDataset", "NonSerializableDataset", "ExperimentalNonSerializableDataset", "LatencyStatsDataset", "ExperimentalLatencyStatsDataset", "ThreadPoolDataset", "ExperimentalThreadPoolDataset")]
internal sealed class PassedDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        Dataset.Of(context.Input(0));
        if (context.Node.Op == "PrefetchDataset" && context.Int(1, "buffer_size") < -1)
            throw EngineException.InvalidArgument("buffer_size must be >= 0 or set buffer_size to be -1 for auto-tuning");
        context.Forward(0, 0);
    });
}
