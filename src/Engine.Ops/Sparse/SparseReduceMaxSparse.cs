using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Sparse;

/// <summary>The largest values of a sparse tensor over dimensions, as a sparse tensor.</summary>
[Op("SparseReduceMaxSparse")]
internal sealed class SparseReduceMaxSparse : IOp
{
    public static void InferShapes(InferenceContext c) => SparseReduceShapes.InferSparse(c);

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Real(node.Type("T"), new Factory(node.Bool("keep_dims"))) ?? throw node.NoKernel();

    private readonly struct Factory(bool keepDims) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => SparseReductionKernels.Sparse<T, MaxReducer<T>>(keepDims);
    }
}
