using Engine.Tensors;

namespace Engine.Ops.Lanes;

/// <summary>Lanes of <see cref="float"/> or <see cref="double"/>: rounding, fused products and the elementary functions.</summary>
/// <typeparam name="V">The register.</typeparam>
/// <typeparam name="T">The number in a lane.</typeparam>
internal interface IFloatLanes<V, T> : INumberLanes<V, T> where T : unmanaged
{
    /// <summary>Whether <see cref="Fma"/> is one instruction. Constant once compiled.</summary>
    static abstract bool HasFma { get; }

    /// <summary>x·y + z, rounded once where <see cref="HasFma"/> is true, else after each step: for sums that tolerate both.</summary>
    static abstract V Fma(V x, V y, V z);

    /// <summary>The pattern in every lane, its low bits for <see cref="float"/>.</summary>
    static abstract V BroadcastBits(ulong pattern);

    /// <summary>Adds the patterns of the lanes as integers, wrapping.</summary>
    static abstract V AddBits(V x, V y);

    /// <summary>Subtracts the patterns of the lanes as integers, wrapping.</summary>
    static abstract V SubBits(V x, V y);

    /// <summary>
    /// The smaller; where either is NaN, <paramref name="y"/>, if it is that one. One instruction: for limits, which are never NaN,
    /// as <paramref name="x"/>.
    /// </summary>
    static abstract V MinLimit(V x, V y);

    /// <summary>The larger, otherwise as <see cref="MinLimit"/>.</summary>
    static abstract V MaxLimit(V x, V y);

    /// <summary>x·2ⁿ for integral n within ±2·(largest exponent), rounded at most once.</summary>
    static abstract V Scale(V x, V n);

    /// <summary>Mask of NaNs.</summary>
    static abstract V IsNaN(V x);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract V Sqrt(V x);

    /// <summary>One over the square root.</summary>
    static abstract V Rsqrt(V x);

    /// <summary>The largest integer not above x.</summary>
    static abstract V Floor(V x);

    /// <summary>The smallest integer not below x.</summary>
    static abstract V Ceil(V x);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract V Rint(V x);

    /// <summary>The integer part.</summary>
    static abstract V Truncate(V x);

    /// <summary>e to the power x.</summary>
    static abstract V Exp(V x);

    /// <summary>e to the power x, less one, exact near zero.</summary>
    static abstract V Expm1(V x);

    /// <summary>Natural logarithm: NaN below zero, -∞ at zero.</summary>
    static abstract V Log(V x);

    /// <summary>Logarithm of one plus x, exact near zero.</summary>
    static abstract V Log1p(V x);

    /// <summary>Sine of radians, of any size.</summary>
    static abstract V Sin(V x);

    /// <summary>Cosine of radians, of any size.</summary>
    static abstract V Cos(V x);

    /// <summary>Tangent of radians, of any size.</summary>
    static abstract V Tan(V x);

    /// <summary>Arc sine; NaN outside [-1, 1].</summary>
    static abstract V Asin(V x);

    /// <summary>Arc cosine; NaN outside [-1, 1].</summary>
    static abstract V Acos(V x);

    /// <summary>Arc tangent.</summary>
    static abstract V Atan(V x);

    /// <summary>Hyperbolic sine.</summary>
    static abstract V Sinh(V x);

    /// <summary>Hyperbolic cosine.</summary>
    static abstract V Cosh(V x);

    /// <summary>Hyperbolic tangent.</summary>
    static abstract V Tanh(V x);

    /// <summary>Inverse hyperbolic sine.</summary>
    static abstract V Asinh(V x);

    /// <summary>Inverse hyperbolic cosine; NaN below 1.</summary>
    static abstract V Acosh(V x);

    /// <summary>Inverse hyperbolic tangent; NaN outside [-1, 1], ±∞ at its ends.</summary>
    static abstract V Atanh(V x);

    /// <summary>The logistic function, 1 / (1 + exp(-x)).</summary>
    static abstract V Sigmoid(V x);

    /// <summary>The error function.</summary>
    static abstract V Erf(V x);

    /// <summary>One minus the error function, exact where that is small.</summary>
    static abstract V Erfc(V x);

    /// <summary>x to the power y, with C's special values.</summary>
    static abstract V Pow(V x, V y);

    /// <summary>The angle of the point (x, y), in [-π, π], with C's special values.</summary>
    static abstract V Atan2(V y, V x);

    /// <summary>On lanes of <see cref="float"/>: the function in double precision, rounded to float once.</summary>
    static abstract V ThroughDouble<F>(V x) where F : struct, IFloatFunction;

    /// <summary>On lanes of <see cref="float"/>: the function of two arguments in double precision, rounded to float once.</summary>
    static abstract V ThroughDouble2<F>(V x, V y) where F : struct, IFloatFunction2;

    /// <summary>The numbers at even positions of two vectors one after the other, as of pairs the first.</summary>
    static abstract V Even(V x, V y);

    /// <summary>The numbers at odd positions of two vectors one after the other, as of pairs the second.</summary>
    static abstract V Odd(V x, V y);

    /// <summary>On lanes of <see cref="float"/>: reads float16 numbers.</summary>
    static abstract V LoadHalf(ref readonly Half source, nint index);

    /// <summary>On lanes of <see cref="float"/>: rounds to float16, ties to even, and writes.</summary>
    static abstract void StoreHalf(V value, ref Half destination, nint index);

    /// <summary>On lanes of <see cref="float"/>: reads bfloat16 numbers.</summary>
    static abstract V LoadBFloat16(ref readonly BFloat16 source, nint index);

    /// <summary>On lanes of <see cref="float"/>: rounds to bfloat16, ties to even, and writes.</summary>
    static abstract void StoreBFloat16(V value, ref BFloat16 destination, nint index);
}
