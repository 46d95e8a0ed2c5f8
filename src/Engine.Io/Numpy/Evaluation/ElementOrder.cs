using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>The order in which numpy sorts: NaN comes last.</summary>
internal sealed class ElementOrder : IComparer<object?>
{
    internal static ElementOrder Instance { get; } = new();

    public int Compare(object? x, object? y)
    {
        switch (x, y)
        {
            case (double a, double b):
                return double.IsNaN(a) ? (double.IsNaN(b) ? 0 : 1) : double.IsNaN(b) ? -1 : a < b ? -1 : a > b ? 1 : 0;
            case (BigInteger a, BigInteger b):
                return a.CompareTo(b);
            case (Complex a, Complex b):
                return a.Real != b.Real ? a.Real.CompareTo(b.Real) : a.Imaginary.CompareTo(b.Imaginary);
            default:
                return Casting.IsTrue(Operators.Compare("<", x, y)) ? -1 : Casting.IsTrue(Operators.Compare("<", y, x)) ? 1 : 0;
        }
    }
}
