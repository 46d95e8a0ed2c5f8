using System.Numerics;
using Engine.Io.Numpy;

namespace Engine.Io.Python;

/// <summary>When two values are the same key of a dictionary: <c>1 == 1.0 == True</c>, bytes by content.</summary>
internal sealed class PythonEquality : IEqualityComparer<object>
{
    internal static PythonEquality Instance { get; } = new();

    bool IEqualityComparer<object>.Equals(object? a, object? b) => AreEqual(a, b);

    public int GetHashCode(object value) => value switch
    {
        byte[] bytes => bytes.Aggregate(17, (h, b) => unchecked(h * 31 + b)),
        string s => s.GetHashCode(StringComparison.Ordinal),
        PythonTuple t => t.Items.Aggregate(3, (h, i) => unchecked(h * 31 + GetHashCode(i ?? DBNull.Value))),
        bool b => b ? 1.0.GetHashCode() : 0.0.GetHashCode(),
        BigInteger i => ((double)i).GetHashCode(),
        double d => d.GetHashCode(),
        Complex { Imaginary: 0 } c => c.Real.GetHashCode(),
        _ => value.GetHashCode(),
    };

    /// <summary>Python's <c>==</c> for plain values.</summary>
    internal static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y),
        (string x, string y) => x == y,
        (List<object?> x, List<object?> y) => AreEqual(x, y),
        (PythonTuple x, PythonTuple y) => AreEqual(x.Items, y.Items),
        (NdArray x, NdArray y) => ReferenceEquals(x, y),
        _ when IsNumber(a) && IsNumber(b) => NumbersAreEqual(a, b),
        _ => a.Equals(b),
    };

    private static bool AreEqual(IReadOnlyList<object?> a, IReadOnlyList<object?> b)
    {
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!AreEqual(a[i], b[i]))
                return false;
        }
        return true;
    }

    private static bool IsNumber(object value) => value is bool or BigInteger or double or Complex;

    private static bool NumbersAreEqual(object a, object b)
    {
        if (a is Complex || b is Complex)
            return ToComplex(a) == ToComplex(b);
        if (a is double || b is double)
            return ToComplex(a).Real == ToComplex(b).Real;
        return Integer(a) == Integer(b);
    }

    private static BigInteger Integer(object value) => value is bool b ? (b ? 1 : 0) : (BigInteger)value;

    private static Complex ToComplex(object value) => value switch
    {
        Complex c => c,
        double d => d,
        _ => (double)Integer(value),
    };
}
