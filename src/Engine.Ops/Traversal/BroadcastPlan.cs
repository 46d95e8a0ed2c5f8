namespace Engine.Ops.Traversal;

/// <summary>
/// Two broadcast inputs as rows: neighbouring dimensions that behave alike are one, the innermost is a row in which each input is contiguous or a single element.
/// </summary>
internal sealed class BroadcastPlan
{
    private readonly long[] dims;
    private readonly long[] xStrides;
    private readonly long[] yStrides;

    internal BroadcastPlan(Shape x, Shape y, Shape result)
    {
        var lengths = new List<long>();
        var kinds = new List<(bool X, bool Y)>();
        for (var i = 0; i < result.Rank; i++)
        {
            var n = result[i];
            if (n == 1)
                continue;
            var a = x.Rank - result.Rank + i;
            var b = y.Rank - result.Rank + i;
            var kind = (a >= 0 && x[a] != 1, b >= 0 && y[b] != 1);
            if (kinds.Count > 0 && kinds[^1] == kind)
            {
                lengths[^1] *= n;
                continue;
            }
            lengths.Add(n);
            kinds.Add(kind);
        }
        var outer = lengths.Count - 1;
        RowLength = lengths[outer];
        XIsScalar = !kinds[outer].X;
        YIsScalar = !kinds[outer].Y;
        dims = new long[outer];
        xStrides = new long[outer];
        yStrides = new long[outer];
        var (xs, ys) = (XIsScalar ? 1 : RowLength, YIsScalar ? 1 : RowLength);
        Rows = 1;
        for (var i = outer - 1; i >= 0; i--)
        {
            dims[i] = lengths[i];
            Rows *= lengths[i];
            if (kinds[i].X)
            {
                xStrides[i] = xs;
                xs *= lengths[i];
            }
            if (kinds[i].Y)
            {
                yStrides[i] = ys;
                ys *= lengths[i];
            }
        }
    }

    internal long Rows { get; }

    internal long RowLength { get; }

    internal bool XIsScalar { get; }

    internal bool YIsScalar { get; }

    /// <summary>Where a row begins in each input.</summary>
    internal (long X, long Y) Offsets(long row)
    {
        long x = 0, y = 0;
        for (var i = dims.Length - 1; i >= 0; i--)
        {
            (row, var k) = Math.DivRem(row, dims[i]);
            x += k * xStrides[i];
            y += k * yStrides[i];
        }
        return (x, y);
    }
}
