namespace Engine.Io.SavedModels;

/// <summary>Text in the order of its code points, as Python sorts: characters beyond 16 bits come last.</summary>
internal sealed class CodePointOrder : IComparer<string>
{
    internal static CodePointOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        x ??= "";
        y ??= "";
        var n = x.AsSpan().CommonPrefixLength(y);
        if (n == x.Length || n == y.Length)
            return x.Length.CompareTo(y.Length);
        return Rank(x[n]).CompareTo(Rank(y[n]));
    }

    // Surrogates stand for code points above all others.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
