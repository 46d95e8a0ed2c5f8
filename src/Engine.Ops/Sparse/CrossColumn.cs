using System.Globalization;
using System.Text;
using Engine.Ops.Strings;

namespace Engine.Ops.Sparse;

/// <summary>One column of a feature cross: a list of strings or int64 per row.</summary>
internal sealed class CrossColumn
{
    private readonly long[] starts;
    private readonly long[] ends;

    private CrossColumn(Tensor values, long[] starts, long[] ends, bool isDense) => (Values, this.starts, this.ends, IsDense) = (values, starts, ends, isDense);

    /// <summary>All rows' features.</summary>
    internal Tensor Values { get; }

    /// <summary>Whether the column came as a dense matrix.</summary>
    internal bool IsDense { get; }

    /// <summary>A column of a sparse matrix whose entries are in the order of their rows.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the parts do not go together.</exception>
    internal static CrossColumn OfSparse(Tensor indices, Tensor values, Tensor shape, long rows)
    {
        if (indices.Rank != 2 || indices.Shape[1] != 2)
            throw EngineException.InvalidArgument($"Expected D2 of index to be 2 got {(indices.Rank > 1 ? indices.Shape[1] : -1)}");
        var input = new SparseInput(indices, values, shape);
        if (input.Dims[0] != rows)
            throw EngineException.InvalidArgument($"Expected batch size {rows} got {input.Dims[0]}");
        var (starts, ends) = (new long[rows], new long[rows]);
        var next = 0;
        for (var row = 0L; row < rows; row++)
        {
            starts[row] = next;
            while (next < input.Count && input.Row(next)[0] == row)
                next++;
            ends[row] = next;
        }
        return new(values, starts, ends, isDense: false);
    }

    /// <summary>A column of a dense matrix.</summary>
    internal static CrossColumn OfDense(Tensor matrix, long rows)
    {
        if (matrix.Rank != 2)
            throw EngineException.InvalidArgument($"Dense inputs should be a matrix but received shape {matrix.Shape}");
        if (matrix.Shape[0] != rows)
            throw EngineException.InvalidArgument($"Expected batch size {rows} got {matrix.Shape[0]}");
        var width = matrix.Shape[1];
        var starts = new long[rows];
        for (var row = 0L; row < rows; row++)
            starts[row] = row * width;
        return new(matrix, starts, Array.ConvertAll(starts, s => s + width), isDense: true);
    }

    /// <summary>A column of a ragged matrix.</summary>
    internal static CrossColumn OfRagged(Tensor values, long[] splits) => new(values, splits[..^1], splits[1..], isDense: false);

    /// <summary>Number of features of a row.</summary>
    internal int Count(long row) => (int)(ends[row] - starts[row]);

    /// <summary>A feature of a row as text.</summary>
    internal byte[] Text(long row, int feature) => Values.Type == DType.String
        ? Values.AsSpan<byte[]>()[(int)starts[row] + feature]
        : Encoding.ASCII.GetBytes(Number(row, feature).ToString(CultureInfo.InvariantCulture));

    /// <summary>A feature of a row as a number: an int64 as it is, a string's fingerprint.</summary>
    internal ulong Fingerprint(long row, int feature) => Values.Type == DType.String ? FarmHash.Fingerprint64(Text(row, feature)) : (ulong)Number(row, feature);

    /// <summary>An int64 feature of a row.</summary>
    internal long Number(long row, int feature) => Values.AsSpan<long>()[(int)starts[row] + feature];
}
