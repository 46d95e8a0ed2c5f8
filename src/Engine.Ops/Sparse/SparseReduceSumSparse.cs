using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Sparse;

/// <summary>Sums of a sparse tensor over dimensions, as a sparse tensor.</summary>
[Op("SparseReduceSumSparse")]
internal sealed class SparseReduceSumSparse : IOp
{
    public static void InferShapes(InferenceContext c) => SparseReduceShapes.InferSparse(c);

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Number(node.Type("T"), new Factory(node.Bool("keep_dims"))) ?? throw node.NoKernel();

    private readonly struct Factory(bool keepDims) : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => SparseReductionKernels.Sparse<T, SumReducer<T>>(keepDims);
    }
}
