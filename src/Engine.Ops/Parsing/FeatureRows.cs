namespace Engine.Ops.Parsing;

/// <summary>A list of features that a parsing op asks for, and what was read of it so far: examples have rows, rows have values.</summary>
internal sealed class FeatureRows(FeatureKind kind, byte[] key, DType type)
{
    internal FeatureKind Kind => kind;

    internal byte[] Key => key;

    internal DType Type => type;

    /// <summary>All values, one row after the other.</summary>
    internal FeatureValues Values { get; } = new(type);

    /// <summary>Where the values of each row end.</summary>
    internal List<int> RowEnds { get; } = [];

    /// <summary>Where the rows of each example end.</summary>
    internal List<int> ExampleEnds { get; } = [];

    /// <summary>Of a dense list: the shape of a row.</summary>
    internal Shape RowShape { get; init; } = Shape.Scalar;

    /// <summary>Of a dense list: whether one that is missing has no rows.</summary>
    internal bool MayBeMissing { get; init; }

    /// <summary>Number of values of a row.</summary>
    internal int CountOf(int row) => RowEnds[row] - StartOf(row);

    /// <summary>Where the values of a row begin.</summary>
    internal int StartOf(int row) => row == 0 ? 0 : RowEnds[row - 1];

    /// <summary>The first row of an example.</summary>
    internal int FirstRow(int example) => example == 0 ? 0 : ExampleEnds[example - 1];

    /// <summary>Number of rows of an example.</summary>
    internal int RowsOf(int example) => ExampleEnds[example] - FirstRow(example);

    /// <summary>Rows of the example that has most.</summary>
    internal int MostRows => ExampleEnds.Select((_, i) => RowsOf(i)).DefaultIfEmpty(0).Max();
}
