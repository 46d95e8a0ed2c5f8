using System.Runtime.CompilerServices;

namespace Engine.Ops.Arrays;

/// <summary>
/// Diagonals <c>Lower</c> to <c>Upper</c> of matrices, packed as rows of one length: the uppermost first, each aligned to the left or right of its row.
/// </summary>
/// <param name="Rows">Rows of a matrix.</param>
/// <param name="Columns">Columns of a matrix.</param>
/// <param name="Lower">The lowest diagonal; 0 is the main one, negative ones lie below it.</param>
/// <param name="Upper">The highest diagonal.</param>
/// <param name="Length">Length of a packed row.</param>
/// <param name="LeftAbove">Whether diagonals above the main one are aligned to the left.</param>
/// <param name="LeftBelow">Whether diagonals below it are.</param>
internal readonly record struct DiagonalBand(long Rows, long Columns, long Lower, long Upper, long Length, bool LeftAbove, bool LeftBelow)
{
    /// <summary>Number of diagonals.</summary>
    internal long Count => Upper - Lower + 1;

    /// <summary>The diagonals between which a band lies: a scalar, or a vector of one or two.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape, or the lower above the upper.</exception>
    internal static (long Lower, long Upper) Limits(Tensor? k)
    {
        if (k is null)
            return (0, 0);
        if (k.Rank > 1 || k.Count is < 1 or > 2)
            throw EngineException.InvalidArgument($"diag_index must be a scalar or a vector of one or two elements, received shape: {k.Shape}");
        var values = IndexTensor.Read(k);
        return values[0] <= values[^1] ? (values[0], values[^1])
            : throw EngineException.InvalidArgument($"lower_diag_index must not be larger than upper_diag_index: {values[0]} > {values[^1]}");
    }

    /// <summary>Which alignment a node asks for; that of the versions before it was an attribute is left.</summary>
    internal static (bool LeftAbove, bool LeftBelow) Alignment(Graphs.Node node)
    {
        var align = node.Attrs.TryGetValue("align", out var a) ? a.AsString() : "LEFT_LEFT";
        return (align.StartsWith("LEFT", StringComparison.Ordinal), align.EndsWith("LEFT", StringComparison.Ordinal));
    }

    /// <summary>The band of matrices of known size.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when a limit lies outside of the matrix.</exception>
    internal static DiagonalBand In(long rows, long columns, (long Lower, long Upper) limits, (bool Above, bool Below) left)
    {
        var (lower, upper) = limits;
        if ((lower <= -rows || lower >= columns) && lower != 0)
            throw EngineException.InvalidArgument($"lower_diag_index is out of bound: {lower}. It must be between {-rows} and {columns}");
        if ((upper <= -rows || upper >= columns) && upper != 0)
            throw EngineException.InvalidArgument($"upper_diag_index is out of bound: {upper}. It must be between {-rows} and {columns}");
        return new(rows, columns, lower, upper, Math.Min(rows + Math.Min(upper, 0), columns - Math.Max(lower, 0)), left.Above, left.Below);
    }

    /// <summary>Copies the diagonals from packed rows to matrices, or back.</summary>
    internal void Move(Tensor matrices, Tensor packed, bool toMatrix)
    {
        if (matrices.Count == 0 || packed.Count == 0)
            return;
        var action = new Copy(this, matrices, packed, toMatrix);
        Elements.Dispatch(matrices.Type, ref action);
    }

    private readonly struct Copy(DiagonalBand band, Tensor matrices, Tensor packed, bool toMatrix) : IElementAction
    {
        public void Invoke<T>()
        {
            ref T matrix = ref Elements.First<T>(matrices);
            ref T row = ref Elements.First<T>(packed);
            var batches = matrices.Count / (band.Rows * band.Columns);
            for (var b = 0L; b < batches; b++)
            {
                for (var d = band.Upper; d >= band.Lower; d--)
                {
                    var length = Math.Min(band.Rows + Math.Min(d, 0), band.Columns - Math.Max(d, 0));
                    var isLeft = (d >= 0 && band.LeftAbove) || (d <= 0 && band.LeftBelow);
                    ref T packedAt = ref Unsafe.Add(ref row, (nint)(isLeft ? 0 : band.Length - length));
                    ref T matrixAt = ref Unsafe.Add(ref matrix, (nint)(d >= 0 ? d : -d * band.Columns));
                    for (var i = 0L; i < length; i++)
                    {
                        if (toMatrix)
                            matrixAt = packedAt;
                        else
                            packedAt = matrixAt;
                        packedAt = ref Unsafe.Add(ref packedAt, 1);
                        matrixAt = ref Unsafe.Add(ref matrixAt, (nint)band.Columns + 1);
                    }
                    row = ref Unsafe.Add(ref row, (nint)band.Length);
                }
                matrix = ref Unsafe.Add(ref matrix, (nint)(band.Rows * band.Columns));
            }
        }
    }
}
