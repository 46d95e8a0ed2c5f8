using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The arithmetic of Einsum for element types that are summed in their own precision.</summary>
internal static unsafe class EinsumProduct<T>
    where T : unmanaged, INumberBase<T>
{
    /// <summary>Computes an Einsum.</summary>
    /// <param name="operands">Axes of one or two operands.</param>
    /// <param name="result">Labels of the result; one that occurs twice makes a diagonal.</param>
    /// <param name="sizes">The size of each label.</param>
    /// <param name="a">The first operand's elements.</param>
    /// <param name="b">The second one's.</param>
    /// <param name="output">The result's shape.</param>
    /// <param name="c">The result's elements.</param>
    /// <param name="team">Threads.</param>
    public static void Compute(
        StridedAxes[] operands, int[] result, Dictionary<int, long> sizes, T* a, T* b, Tensor output, T* c, WorkerTeam? team)
    {
        StridedAxes resultAxes = StridedAxes.Of(result, output.Shape.Dims);
        bool diagonal = resultAxes.Labels.Count != result.Length;
        if (diagonal)
        {
            for (long i = 0; i < output.Count; i++)
                c[i] = T.Zero;
        }

        if (output.Count == 0)
            return;
        if (operands.Length == 1)
        {
            SumInto(operands[0], resultAxes.Labels, sizes, a, resultAxes, c);
            return;
        }

        StridedAxes x = operands[0], y = operands[1];
        int[] batch = [.. resultAxes.Labels.Where(l => x.Labels.Contains(l) && y.Labels.Contains(l))];
        int[] rows = [.. resultAxes.Labels.Where(l => x.Labels.Contains(l) && !y.Labels.Contains(l))];
        int[] columns = [.. resultAxes.Labels.Where(l => !x.Labels.Contains(l) && y.Labels.Contains(l))];
        int[] depth = [.. x.Labels.Where(l => y.Labels.Contains(l) && !resultAxes.Labels.Contains(l))];
        using Scratch<T> copyA = Stack(x, batch, rows, depth, sizes, ref a, out long[] offsetsA, out MatrixView<T> left);
        using Scratch<T> copyB = Stack(y, batch, depth, columns, sizes, ref b, out long[] offsetsB, out MatrixView<T> right);
        long m = Product(rows, sizes), n = Product(columns, sizes), k = Product(depth, sizes);
        int[] order = [.. batch, .. rows, .. columns];
        bool inPlace = !diagonal && order.SequenceEqual(result);
        using var product = new Scratch<T>(inPlace ? 0 : Product(order, sizes));
        var batches = new BatchProduct<T>(m, n, k, left, right, inPlace ? c : product.Pointer);
        batches.Run(offsetsA, offsetsB, team);
        if (!inPlace)
        {
            long[] shape = [.. order.Select(label => sizes[label])];
            SumInto(StridedAxes.Of(order, shape), order, sizes, product.Pointer, resultAxes, c);
        }
    }

    /// <summary>An operand as a stack of matrices: its own memory if the strides allow, else a copy, summed over labels not wanted.</summary>
    private static Scratch<T> Stack(
        StridedAxes axes, int[] batch, int[] rows, int[] columns, Dictionary<int, long> sizes, ref T* data, out long[] offsets, out MatrixView<T> view)
    {
        int[] order = [.. batch, .. rows, .. columns];
        bool complete = axes.Labels.All(order.Contains);
        bool strided = axes.Select(rows, l => sizes[l]).TryCollapse(out long rowStride)
            & axes.Select(columns, l => sizes[l]).TryCollapse(out long columnStride);
        if (complete && strided)
        {
            offsets = axes.Select(batch, l => sizes[l]).Offsets();
            long height = Product(rows, sizes), width = Product(columns, sizes);
            // A stride that is never used may be any number: 1 is the one that the kernels like.
            view = new MatrixView<T>(data, height == 1 ? width : rowStride, width == 1 ? 1 : columnStride);
            return new Scratch<T>(0);
        }

        var copy = new Scratch<T>(Product(order, sizes));
        StridedAxes dense = StridedAxes.Of(order, (long[])[.. order.Select(label => sizes[label])]);
        SumInto(axes, order, sizes, data, dense, copy.Pointer);
        data = copy.Pointer;
        offsets = dense.Select(batch, l => sizes[l]).Offsets();
        view = new MatrixView<T>(data, Product(columns, sizes), 1);
        return copy;
    }

    /// <summary>target[labels] = the sum of source over all its other labels.</summary>
    private static void SumInto(StridedAxes source, IEnumerable<int> labels, Dictionary<int, long> sizes, T* from, StridedAxes target, T* to)
    {
        int[] kept = [.. labels];
        long[] places = source.Select(kept, l => sizes[l]).Offsets();
        long[] targets = target.Select(kept, l => sizes[l]).Offsets();
        long[] terms = source.Select(source.Labels.Where(l => !kept.Contains(l)), source.Size).Offsets();
        for (int i = 0; i < places.Length; i++)
        {
            T sum = T.Zero;
            foreach (long term in terms)
                sum += from[places[i] + term];
            to[targets[i]] = sum;
        }
    }

    private static long Product(int[] labels, Dictionary<int, long> sizes) => labels.Aggregate(1L, (product, label) => product * sizes[label]);
}
