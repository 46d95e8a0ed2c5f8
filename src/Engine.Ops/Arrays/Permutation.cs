using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Puts the dimensions of input 0 in the order that input 1 tells.</summary>
internal static class Permutation
{
    internal static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(0);
        if (c.InputTensor(1) is not { } perm)
        {
            var rank = shape.HasRank ? shape.Rank : c.Input(1).Rank == 1 ? c.Input(1)[0] : -1;
            c.SetOutput(0, rank is >= 0 and <= Shape.MaxRank ? PartialShape.OfRank((int)rank) : PartialShape.Unknown);
            return;
        }
        var order = IndexTensor.Read(perm);
        if (shape.HasRank && order.Length != shape.Rank)
            throw c.Fail($"Dimension must be {shape.Rank} but is {order.Length}");
        if (shape.HasRank)
            c.SetOutput(0, new PartialShape([.. order.Select(d => shape[IndexTensor.Axis(d, shape.Rank, "perm dim")])]));
        else
            c.SetOutput(0, PartialShape.OfRank(order.Length));
    }

    internal static void Run(KernelContext context) => Run(context, mayShare: true);

    /// <summary>Moves the elements. Without <paramref name="mayShare"/> the result has memory of its own, which may be written.</summary>
    internal static void Run(KernelContext context, bool mayShare)
    {
        var input = context.Input(0);
        var order = Read(context.Input(1), input.Rank);
        var from = input.Shape.Strides();
        var dims = new long[order.Length];
        var strides = new long[order.Length];
        var inOrder = mayShare;
        var last = -1L;
        for (var i = 0; i < order.Length; i++)
        {
            var d = (int)order[i];
            dims[i] = input.Shape[d];
            strides[i] = from[d];
            // Dimensions of length 1 may go anywhere without a move in memory.
            if (dims[i] == 1)
                continue;
            inOrder &= d > last;
            last = d;
        }
        var shape = new Shape(dims);
        if (inOrder)
            context.ForwardAs(0, 0, shape);
        else
            StridedCopy.Run(context.Workers, dims, input, 0, strides, context.Allocate(0, shape), 0, shape.Strides());
    }

    private static long[] Read(Tensor perm, int rank)
    {
        var order = IndexTensor.Vector(perm, "perm");
        if (order.Length != rank)
            throw EngineException.InvalidArgument($"transpose expects a vector of size {rank}. But input(1) is a vector of size {order.Length}");
        var seen = new bool[rank];
        for (var i = 0; i < rank; i++)
        {
            // TensorFlow reads the low 32 bits.
            order[i] = (int)order[i] < 0 ? (int)order[i] + rank : (int)order[i];
            if (order[i] < 0 || order[i] >= rank || seen[order[i]])
                throw EngineException.InvalidArgument($"{order[i]} is out of range or repeated in the permutation [{string.Join(',', order)}]");
            seen[order[i]] = true;
        }
        return order;
    }
}
