using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>A sparse tensor in coordinate form as an op's inputs hold it: one row of coordinates and one value per entry.</summary>
internal sealed class SparseInput
{
    /// <summary>Checks the parts against each other.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when they do not go together.</exception>
    internal SparseInput(Tensor indices, Tensor values, Tensor shape)
    {
        if (indices.Rank != 2)
            throw EngineException.InvalidArgument($"Input indices should be a matrix but received shape {indices.Shape}");
        if (values.Rank != 1)
            throw EngineException.InvalidArgument($"Input values should be a vector but received shape {values.Shape}");
        if (indices.Shape[0] != values.Count)
            throw EngineException.InvalidArgument($"Number of values must match first dimension of indices. Got {values.Count} values, indices shape: {indices.Shape}");
        Dims = IndexTensor.Vector(shape, "Input shape");
        if (indices.Shape[1] != Dims.Length)
            throw EngineException.InvalidArgument($"Input shape must have as many elements as indices has columns, got {Dims.Length} and {indices.Shape[1]}");
        if (Dims.Length > Shape.MaxRank || values.Count > Array.MaxLength)
            throw EngineException.InvalidArgument($"A sparse tensor of {values.Count} entries and {Dims.Length} dimensions is too large");
        (Indices, Values, Count) = (indices, values, (int)values.Count);
    }

    /// <summary>[count, rank] coordinates.</summary>
    internal Tensor Indices { get; }

    /// <summary>[count] values.</summary>
    internal Tensor Values { get; }

    /// <summary>The dimensions as given; perhaps negative.</summary>
    internal long[] Dims { get; }

    /// <summary>Number of entries.</summary>
    internal int Count { get; }

    /// <summary>Number of dimensions.</summary>
    internal int Rank => Dims.Length;

    /// <summary>The three inputs from <paramref name="first"/> on.</summary>
    internal static SparseInput At(KernelContext context, int first) => new(context.Input(first), context.Input(first + 1), context.Input(first + 2));

    /// <summary>The shape of the dense tensor.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for negative dimensions or too many elements.</exception>
    internal Shape DenseShape() => new(Dims);

    /// <summary>The coordinates of an entry.</summary>
    internal unsafe ReadOnlySpan<long> Row(int entry) => new(Indices.Pointer<long>() + (long)entry * Rank, Rank);

    /// <summary>Refuses coordinates outside of the shape.</summary>
    internal void CheckBounds(StatusCode code = StatusCode.InvalidArgument)
    {
        for (var i = 0; i < Count; i++)
        {
            var row = Row(i);
            for (var d = 0; d < row.Length; d++)
            {
                if ((ulong)row[d] >= (ulong)Math.Max(0, Dims[d]))
                    throw new EngineException(code, $"indices[{i},{d}] = {row[d]} is out of bounds: need 0 <= index < [{string.Join(',', Dims)}]");
            }
        }
    }

    /// <summary>The entries in row-major order of their coordinates; equal ones stay as they are.</summary>
    internal int[] Order() => Order([.. Enumerable.Range(0, Rank)]);

    /// <summary>The entries ordered by the given dimensions, the first counting most.</summary>
    internal int[] Order(int[] dimensions)
    {
        var order = new int[Count];
        var sorted = true;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            sorted &= i == 0 || Compare(i - 1, i, dimensions) <= 0;
        }
        if (!sorted)
            Array.Sort(order, (a, b) => Compare(a, b, dimensions) is var c && c != 0 ? c : a.CompareTo(b));
        return order;
    }

    /// <summary>Compares two entries by the given dimensions.</summary>
    internal int Compare(int a, int b, ReadOnlySpan<int> dimensions)
    {
        var x = Row(a);
        var y = Row(b);
        foreach (var d in dimensions)
        {
            if (x[d] != y[d])
                return x[d] < y[d] ? -1 : 1;
        }
        return 0;
    }
}
