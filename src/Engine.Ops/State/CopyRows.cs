namespace Engine.Ops.State;

/// <summary>Overwriting, for every type.</summary>
internal readonly struct CopyRows<T> : IRowUpdate<T>
{
    public static void Apply(Span<T> row, ReadOnlySpan<T> update) => update.CopyTo(row);

    public static void Apply(Span<T> row, T update) => row.Fill(update);
}
