using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>
/// What the functions made of logarithms share, in either precision: u = 2ᵏ·m with m in [√½, √2], f = m - 1, s = f / (2 + f), and
/// log(1 + f) = f - (f²/2 - s·(f²/2 + R(s²))), or with a cubic rest in place of the quotient.
/// </summary>
internal static class Logarithm
{
    /// <summary>log(u·2ᵉ) + correction for normal positive u; <paramref name="correction"/> is small against f or against one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<W, V, T>(V u, V exponent, V correction) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var (k, f) = Split<W, V, T>(u);
        k = W.Add(k, exponent);
        var halfSquare = W.Mul(W.Mul(f, f), Constant.Of<W, V, T>(0.5));
        var rest = W.Fma(k, Constant.Of<W, V, T>(1.4286068203094173e-06f, 1.9082149292705877e-10), correction);
        if (typeof(T) == typeof(float))
        {
            rest = W.Fma(W.Mul(W.Mul(f, f), f), Cubic<W, V, T>(f), rest);
        }
        else
        {
            var s = W.Div(f, W.Add(f, Constant.Of<W, V, T>(2)));
            var z = W.Mul(s, s);
            rest = W.Fma(s, W.Fma(z, Atanh<W, V, T>(z), halfSquare), rest);
        }
        return W.Sub(W.Mul(k, Constant.Of<W, V, T>(0.693145751953125f, 0.6931471803691238)), W.Sub(W.Sub(halfSquare, rest), f));
    }

    /// <summary>The exponent k and f = m - 1 of a normal positive number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V K, V F) Split<W, V, T>(V u) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var rootHalf = W.BroadcastBits(typeof(T) == typeof(float) ? 0x3F3504F3ul : 0x3FE6A09E667F3BCDul);
        var mantissaBits = typeof(T) == typeof(float) ? 23 : 52;
        var k = W.ShiftRightArithmetic(W.SubBits(u, rootHalf), mantissaBits);
        var m = W.SubBits(u, W.ShiftLeft(k, mantissaBits));
        return (PowersOfTwo.Value<W, V, T>(k), W.Sub(m, W.One));
    }

    /// <summary>(log((1 + s) / (1 - s)) - 2·s) / s³ of z = s², minimax on [0, 0.0295], for double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Atanh<W, V, T>(V z) where W : struct, IFloatLanes<V, T> where T : unmanaged => Polynomial.Horner<W, V, T>(
        z, 0.6666666666666735, 0.3999999999940748, 0.2857142874414248, 0.22222198378365698, 0.18183575171309024,
        0.15313755609432084, 0.14799067626533174);

    /// <summary>
    /// (log(1 + f) - f + f²/2) / f³, minimax on [√½ - 1, √2 - 1], for float: there a longer polynomial costs no more than a division.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cubic<W, V, T>(V f) where W : struct, IFloatLanes<V, T> where T : unmanaged => Polynomial.Horner<W, V, T>(
        f, 0.3333331, -0.24999987, 0.20002231, -0.16669251769, 0.1421856, -0.12384278, 0.11873693, -0.11790519, 0.069144995);
}
