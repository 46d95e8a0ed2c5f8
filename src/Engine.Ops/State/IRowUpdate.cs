namespace Engine.Ops.State;

/// <summary>Changes rows of a variable by rows of updates, for elements stored as <typeparamref name="T"/>.</summary>
internal interface IRowUpdate<T>
{
    /// <summary>Changes a row by as many elements of updates.</summary>
    static abstract void Apply(Span<T> row, ReadOnlySpan<T> update);

    /// <summary>Changes all of a row by one element.</summary>
    static abstract void Apply(Span<T> row, T update);
}
