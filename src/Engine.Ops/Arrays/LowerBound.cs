using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Where each value belongs in its sorted row: before its equals, or for <c>UpperBound</c> after them.</summary>
[Op("LowerBound", "UpperBound")]
internal sealed class LowerBound : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var sorted = c.WithRank(c.Input(0), 2);
        var values = c.WithRank(c.Input(1), 2);
        if (sorted[0] >= 0 && values[0] >= 0 && sorted[0] != values[0])
            throw c.Fail($"Dimensions must be equal, but are {sorted[0]} and {values[0]}");
        c.SetOutput(0, c.Input(1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(node.Node.Op == "UpperBound")) ?? throw node.NoKernel();

    private readonly struct Factory(bool after) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
        {
            var upper = after;
            return Kernel.From(context => Run<T>(context, upper));
        }
    }

    private static void Run<T>(KernelContext context, bool upper) where T : unmanaged, INumber<T>
    {
        var (sorted, values) = (context.Input(0), context.Input(1));
        if (sorted.Rank != 2 || values.Rank != 2 || sorted.Shape[0] != values.Shape[0])
            throw EngineException.InvalidArgument($"sorted_inputs and values must be matrices of as many rows, not {sorted.Shape} and {values.Shape}");
        var result = context.Allocate(0, values.Shape);
        if (values.Count == 0)
            return;
        var places = new long[values.Count];
        var wanted = values.AsSpan<T>();
        var (row, width) = ((int)sorted.Shape[1], (int)values.Shape[1]);
        for (var i = 0; i < places.Length; i++)
            places[i] = Find(sorted.AsSpan<T>().Slice(i / width * row, row), wanted[i], upper);
        IndexTensor.Write(places, result);
    }

    private static int Find<T>(ReadOnlySpan<T> row, T value, bool upper) where T : INumber<T>
    {
        var (low, count) = (0, row.Length);
        while (count > 0)
        {
            var half = count / 2;
            var before = upper ? !(value < row[low + half]) : row[low + half] < value;
            (low, count) = before ? (low + half + 1, count - half - 1) : (low, half);
        }
        return low;
    }
}
