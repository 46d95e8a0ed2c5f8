using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The number of tuples of a dataset: -1 for endless, -2 for unknown.</summary>
[Op("DatasetCardinality", "ExperimentalDatasetCardinality")]
internal sealed class DatasetCardinality : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.MoveOutput(0, Tensor.Scalar(Dataset.Of(context.Input(0)).Cardinality)));
}
