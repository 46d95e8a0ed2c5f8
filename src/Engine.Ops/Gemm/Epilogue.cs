using System.Numerics;

namespace Engine.Ops.Gemm;

/// <summary>
/// What happens to the elements of a product as soon as they are complete, while they are in the first-level cache: a bias per column, another matrix added, an
/// activation. The default does nothing.
/// </summary>
internal readonly unsafe struct Epilogue<T> where T : unmanaged, INumberBase<T>
{
    private readonly T* _bias;
    private readonly T* _addend;
    private readonly long _addendRow;
    private readonly T _alpha;
    private readonly delegate*<T*, T*, T*, nint, T, void> _row;

    /// <summary>Describes the end of a product.</summary>
    /// <param name="bias">A number per column, or null.</param>
    /// <param name="activation">The function that follows the sums.</param>
    /// <param name="alpha">The function's parameter.</param>
    /// <param name="addend">A matrix of the product's size that is added before the function, or null.</param>
    /// <param name="addendRow">Distance of its rows.</param>
    public Epilogue(T* bias, Activation activation = Activation.None, double alpha = 0, T* addend = null, long addendRow = 0)
    {
        _bias = bias;
        _addend = addend;
        _addendRow = addendRow;
        _alpha = T.CreateTruncating(alpha);
        if (bias is not null || addend is not null || activation != Activation.None)
            _row = RowOf(activation);
    }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _row is null;

    /// <summary>Finishes a block of the product.</summary>
    /// <param name="c">Its first element.</param>
    /// <param name="cRow">Distance of its rows.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="row">Which row of the whole product is its first.</param>
    /// <param name="column">Which column of the whole product is its first.</param>
    public void Apply(T* c, long cRow, long rows, long columns, long row, long column)
    {
        T* bias = _bias is null ? null : _bias + column;
        for (long i = 0; i < rows; i++)
            _row(c + (i * cRow), bias, _addend is null ? null : _addend + ((row + i) * _addendRow) + column, (nint)columns, _alpha);
    }

    private static delegate*<T*, T*, T*, nint, T, void> RowOf(Activation activation)
    {
        if (typeof(T) == typeof(float))
            return (delegate*<T*, T*, T*, nint, T, void>)(void*)EpilogueRows<float>.Of(activation);
        return typeof(T) == typeof(double)
            ? (delegate*<T*, T*, T*, nint, T, void>)(void*)EpilogueRows<double>.Of(activation)
            : throw new NotSupportedException($"Products of {typeof(T)} end with sums.");
    }
}
