using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes;

/// <summary>
/// Sums and products with their rounding errors, so that a result can carry twice the precision: Knuth's, Dekker's and Veltkamp's
/// transformations (Handbook of Floating-Point Arithmetic, chapter 4).
/// </summary>
internal static class ErrorFree
{
    /// <summary>x + y exactly, as rounded sum and error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low) Sum<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = W.Add(x, y);
        var part = W.Sub(sum, x);
        return (sum, W.Add(W.Sub(x, W.Sub(sum, part)), W.Sub(y, part)));
    }

    /// <summary>x + y exactly, where |x| ≥ |y| or x is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low) OrderedSum<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = W.Add(x, y);
        return (sum, W.Sub(y, W.Sub(sum, x)));
    }

    /// <summary>x·y exactly, as rounded product and error; without fused products, for |x|, |y| below 2⁹⁹⁵ (2¹¹⁵ in float).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low) Product<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var product = W.Mul(x, y);
        if (W.HasFma) return (product, W.Fma(x, y, W.Neg(product)));
        var (xh, xl) = Split<W, V, T>(x);
        var (yh, yl) = Split<W, V, T>(y);
        var rest = W.Add(W.Sub(W.Mul(xh, yh), product), W.Add(W.Mul(xh, yl), W.Mul(xl, yh)));
        return (product, W.Add(rest, W.Mul(xl, yl)));
    }

    /// <summary>(x + xLow) / (y + yLow) as quotient and correction, for y of moderate size: its reciprocal is rounded on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low) Quotient<W, V, T>(V x, V xLow, V y, V yLow) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var reciprocal = W.Div(W.One, y);
        var quotient = W.Mul(x, reciprocal);
        var (back, backLow) = Product<W, V, T>(quotient, y);
        var rest = W.Add(W.Sub(W.Sub(x, back), backLow), W.Sub(xLow, W.Mul(quotient, yLow)));
        return (quotient, W.Mul(rest, reciprocal));
    }

    /// <summary>The square root of x + xLow, x positive, as root and correction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low) Root<W, V, T>(V x, V xLow) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var root = W.Sqrt(x);
        var (back, backLow) = Product<W, V, T>(root, root);
        var rest = W.Add(W.Sub(W.Sub(x, back), backLow), xLow);
        return (root, W.Div(rest, W.Add(root, root)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V High, V Low) Split<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var scaled = W.Mul(x, Constant.Of<W, V, T>(4097f, 134217729));
        var high = W.Sub(scaled, W.Sub(scaled, x));
        return (high, W.Sub(x, high));
    }
}
