using System.Numerics;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>
/// Reduces a tensor over any dimensions: one pass per group of reduced dimensions, from the innermost, each over elements that are contiguous or rows
/// that are. How work is cut depends on the shape alone, so results do not depend on the number of threads.
/// </summary>
internal static unsafe class Reducer<TReduction, T> where TReduction : struct, IReduction where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    /// <summary>Few results from many elements are made in this many parts first.</summary>
    private const int Parts = 16;

    private const long PartElements = 32768;

    /// <summary>Writes the reduction of <paramref name="source"/>, as many elements as the plan's result has (with appended groups).</summary>
    internal static void Run(WorkerTeam workers, T* source, T* result, ReductionPlan plan)
    {
        var groups = plan.Groups.ToList();
        Tensor? held = null;
        var enter = true;
        for (var i = groups.Count - 1; i >= 0; i--)
        {
            if (!groups[i].IsReduced)
                continue;
            var outer = Product(groups, 0, i);
            var inner = Product(groups, i + 1, groups.Count);
            var rows = groups[i].Length;
            groups.RemoveAt(i);
            var isLast = !groups.Exists(g => g.IsReduced);
            var next = isLast ? null : Tensor.Allocate(DTypes.Of<T>(), Shape.Vector(outer * inner));
            Pass(workers, source, next is null ? result : next.Pointer<T>(), outer, rows, inner, enter);
            held?.Dispose();
            held = next;
            if (next is null)
                return;
            source = next.Pointer<T>();
            enter = false;
        }
        // Nothing is reduced: each element enters alone.
        Pass(workers, source, result, 1, 1, Product(groups, 0, groups.Count), true);
    }

    private static long Product(List<(long Length, bool IsReduced)> groups, int start, int end)
    {
        var n = 1L;
        for (var i = start; i < end; i++)
            n *= groups[i].Length;
        return n;
    }

    private static void Pass(WorkerTeam workers, T* source, T* result, long outer, long rows, long inner, bool enter)
    {
        var blocks = inner == 1 ? 1 : (inner + ColumnReduction<TReduction, T>.Width - 1) / ColumnReduction<TReduction, T>.Width;
        if (outer * inner == 0)
            return;
        if (outer * blocks < Parts && rows >= 2 * Parts && rows * Math.Min(inner, ColumnReduction<TReduction, T>.Width) >= PartElements)
        {
            using var parts = Tensor.Allocate(DTypes.Of<T>(), Shape.Vector(outer * Parts * inner));
            Split(workers, source, parts.Pointer<T>(), outer, rows, inner, enter, blocks);
            Pass(workers, parts.Pointer<T>(), result, outer, Parts, inner, false);
            return;
        }
        if (inner == 1)
        {
            var body = new Rows(source, result, rows, enter);
            workers.Run(outer, rows, ref body);
        }
        else
        {
            var body = new Columns(source, result, rows, inner, enter, blocks);
            workers.Run(outer * blocks, rows * Math.Min(inner, ColumnReduction<TReduction, T>.Width), ref body);
        }
    }

    private static void Split(WorkerTeam workers, T* source, T* parts, long outer, long rows, long inner, bool enter, long blocks)
    {
        var body = new PartRange(source, parts, rows, inner, enter, blocks);
        workers.Run(outer * Parts * blocks, rows / Parts * Math.Min(inner, ColumnReduction<TReduction, T>.Width), ref body);
    }

    private readonly struct Rows(T* source, T* result, long rows, bool enter) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            for (var i = start; i < end; i++)
                result[i] = RowReduction<TReduction, T>.Run(ref source[i * rows], rows, enter);
        }
    }

    private readonly struct Columns(T* source, T* result, long rows, long inner, bool enter, long blocks) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            for (var i = start; i < end; i++)
            {
                var (outer, block) = Math.DivRem(i, blocks);
                var column = block * ColumnReduction<TReduction, T>.Width;
                var width = (int)Math.Min(ColumnReduction<TReduction, T>.Width, inner - column);
                ColumnReduction<TReduction, T>.Run(source + outer * rows * inner + column, rows, inner, result + outer * inner + column, width, enter);
            }
        }
    }

    private readonly struct PartRange(T* source, T* parts, long rows, long inner, bool enter, long blocks) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            for (var i = start; i < end; i++)
            {
                var (rest, block) = Math.DivRem(i, blocks);
                var (outer, part) = Math.DivRem(rest, Parts);
                var first = rows * part / Parts;
                var count = rows * (part + 1) / Parts - first;
                var from = source + (outer * rows + first) * inner;
                if (inner == 1)
                {
                    parts[rest] = RowReduction<TReduction, T>.Run(ref *from, count, enter);
                    continue;
                }
                var column = block * ColumnReduction<TReduction, T>.Width;
                var width = (int)Math.Min(ColumnReduction<TReduction, T>.Width, inner - column);
                ColumnReduction<TReduction, T>.Run(from + column, count, inner, parts + rest * inner + column, width, enter);
            }
        }
    }
}
