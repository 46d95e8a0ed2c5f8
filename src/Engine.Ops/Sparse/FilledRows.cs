using System.Runtime.CompilerServices;
using Engine.Ops.Arrays;

namespace Engine.Ops.Sparse;

/// <summary>Where entries go when each of a number of rows gets one entry at least.</summary>
internal sealed class FilledRows
{
    private readonly long[] starts;

    /// <summary>Plans for entries whose rows are given.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a row out of range.</exception>
    internal FilledRows(long[] rows, long count)
    {
        if (count < 0 || count > Array.MaxLength)
            throw EngineException.InvalidArgument($"The number of rows must be in [0, {Array.MaxLength}], got {count}");
        if (count == 0 && rows.Length > 0)
            throw EngineException.InvalidArgument($"Received SparseTensor with dense_shape[0] = 0 but indices.shape[0] = {rows.Length}");
        starts = new long[count + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            if ((ulong)rows[i] >= (ulong)count)
                throw EngineException.InvalidArgument($"indices({i}, 0) is invalid: {rows[i]} >= {count}");
            starts[rows[i] + 1]++;
        }
        Empty = new bool[count];
        for (var r = 0; r < count; r++)
        {
            Empty[r] = starts[r + 1] == 0;
            starts[r + 1] = starts[r] + Math.Max(1, starts[r + 1]);
        }
        Places = new long[rows.Length];
        var filled = new int[count];
        for (var i = 0; i < rows.Length; i++)
            Places[i] = starts[rows[i]] + filled[rows[i]]++;
    }

    /// <summary>Number of entries in all.</summary>
    internal long Total => starts[^1];

    /// <summary>Whether a row had no entry.</summary>
    internal bool[] Empty { get; }

    /// <summary>Where each given entry goes.</summary>
    internal long[] Places { get; }

    /// <summary>The rows that had no entry, with the place of their new one.</summary>
    internal IEnumerable<(long Row, long Place)> EmptyRows()
    {
        for (var r = 0; r < Empty.Length; r++)
        {
            if (Empty[r])
                yield return (r, starts[r]);
        }
    }

    /// <summary>Writes the entries' values to their places and the default value to the new ones.</summary>
    internal void MoveValues(Tensor values, Tensor missing, Tensor result)
    {
        var action = new Move(this, values, missing, result);
        Elements.Dispatch(result.Type, ref action);
    }

    private readonly struct Move(FilledRows plan, Tensor values, Tensor missing, Tensor result) : IElementAction
    {
        public void Invoke<T>()
        {
            if (result.Count == 0)
                return;
            ref var to = ref Elements.First<T>(result);
            var value = Elements.First<T>(missing);
            foreach (var (_, place) in plan.EmptyRows())
                Unsafe.Add(ref to, (nint)place) = value;
            if (plan.Places.Length == 0)
                return;
            ref var from = ref Elements.First<T>(values);
            for (var i = 0; i < plan.Places.Length; i++)
                Unsafe.Add(ref to, (nint)plan.Places[i]) = Unsafe.Add(ref from, i);
        }
    }
}
