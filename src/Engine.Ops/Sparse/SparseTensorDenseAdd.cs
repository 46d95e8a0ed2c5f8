using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>A dense tensor with the entries of a sparse one added.</summary>
[Op("SparseTensorDenseAdd")]
internal sealed class SparseTensorDenseAdd : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(3));

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Number(node.Type("T"), new Factory()) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [null, g.Node("GatherNd", g.OutputGradient(0), g.Input(0)), null, g.OutputGradient(0)];

    private readonly struct Factory : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => Kernel.From(Run<T>);
    }

    private static unsafe void Run<T>(KernelContext context) where T : unmanaged, INumberBase<T>
    {
        var (indices, values, dense) = (context.Input(0), context.Input(1), context.Input(3));
        var dims = IndexTensor.Vector(context.Input(2), "Input a_shape");
        if (indices.Rank != 2 || values.Rank != 1)
            throw EngineException.InvalidArgument($"Input a_indices should be a matrix and a_values a vector but received shapes: {indices.Shape}, {values.Shape}");
        if (values.Count != indices.Shape[0] || indices.Shape[1] != dims.Length)
            throw EngineException.InvalidArgument($"Dimensions {values.Shape}, {indices.Shape} and [{dims.Length}] of the sparse tensor do not go together");
        if (!dense.Shape.Dims.SequenceEqual(dims))
            throw EngineException.InvalidArgument($"Dimensions of the dense tensor {dense.Shape} and the sparse one [{string.Join(',', dims)}] differ");
        if (dims.Length is < 1 or > 5)
            throw EngineException.InvalidArgument($"Only tensors with ranks between 1 and 5 are currently supported.  Tensor rank: {dims.Length}");
        var offsets = Coordinates.Offsets(indices, dense.Shape, dims.Length, values.Count, "the dense tensor");
        var result = context.ForwardOrAllocate(3, 0, dense.Shape);
        if (!ReferenceEquals(result, dense))
            result.CopyFrom(dense);
        var from = values.Pointer<T>();
        var to = result.Pointer<T>();
        for (var i = 0; i < offsets.Length; i++)
            to[offsets[i]] += from[i];
    }
}
