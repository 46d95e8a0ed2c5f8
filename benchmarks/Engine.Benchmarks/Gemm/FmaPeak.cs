using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Benchmarks.Gemm;

/// <summary>The most float32 operations a second that one core can do: independent multiply-adds of the widest registers, nothing else.</summary>
internal static class FmaPeak
{
    private const int Chains = 24;

    /// <summary>GFLOP/s of one try of about so many operations: as many as what it is compared with, so that the core's clock favours neither.</summary>
    internal static double Measure(double operations)
    {
        var lanes = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        var steps = Math.Max(1, (int)(operations / (2.0 * lanes * Chains)));
        var start = Stopwatch.GetTimestamp();
        var sum = lanes == 16 ? Run512(steps) : lanes == 8 ? Run256(steps) : Run128(steps);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        // Nothing may be left out because nobody looks at it.
        if (float.IsNaN(sum))
            throw new InvalidOperationException("The sums are numbers.");
        return 2.0 * lanes * Chains * steps / seconds / 1e9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run512(int steps)
    {
        Vector512<float> m = Vector512.Create(0.999f), a = Vector512.Create(0.001f);
        Vector512<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        Vector512<float> t0 = m, t1 = m, t2 = m, t3 = m, t4 = m, t5 = m, t6 = m, t7 = m, t8 = m, t9 = m, t10 = m, t11 = m;
        for (var i = 0; i < steps; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, m, a);
            s1 = Vector512.FusedMultiplyAdd(s1, m, a);
            s2 = Vector512.FusedMultiplyAdd(s2, m, a);
            s3 = Vector512.FusedMultiplyAdd(s3, m, a);
            s4 = Vector512.FusedMultiplyAdd(s4, m, a);
            s5 = Vector512.FusedMultiplyAdd(s5, m, a);
            s6 = Vector512.FusedMultiplyAdd(s6, m, a);
            s7 = Vector512.FusedMultiplyAdd(s7, m, a);
            s8 = Vector512.FusedMultiplyAdd(s8, m, a);
            s9 = Vector512.FusedMultiplyAdd(s9, m, a);
            s10 = Vector512.FusedMultiplyAdd(s10, m, a);
            s11 = Vector512.FusedMultiplyAdd(s11, m, a);
            t0 = Vector512.FusedMultiplyAdd(t0, m, a);
            t1 = Vector512.FusedMultiplyAdd(t1, m, a);
            t2 = Vector512.FusedMultiplyAdd(t2, m, a);
            t3 = Vector512.FusedMultiplyAdd(t3, m, a);
            t4 = Vector512.FusedMultiplyAdd(t4, m, a);
            t5 = Vector512.FusedMultiplyAdd(t5, m, a);
            t6 = Vector512.FusedMultiplyAdd(t6, m, a);
            t7 = Vector512.FusedMultiplyAdd(t7, m, a);
            t8 = Vector512.FusedMultiplyAdd(t8, m, a);
            t9 = Vector512.FusedMultiplyAdd(t9, m, a);
            t10 = Vector512.FusedMultiplyAdd(t10, m, a);
            t11 = Vector512.FusedMultiplyAdd(t11, m, a);
        }
        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11 + t0 + t1 + t2 + t3 + t4 + t5 + t6 + t7 + t8 + t9 + t10 + t11);
    }

    // Sixteen registers: twelve sums leave room for the factors; two passes make up the count.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run256(int steps)
    {
        Vector256<float> m = Vector256.Create(0.999f), a = Vector256.Create(0.001f);
        Vector256<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (var i = 0; i < 2 * steps; i++)
        {
            s0 = Vector256.FusedMultiplyAdd(s0, m, a);
            s1 = Vector256.FusedMultiplyAdd(s1, m, a);
            s2 = Vector256.FusedMultiplyAdd(s2, m, a);
            s3 = Vector256.FusedMultiplyAdd(s3, m, a);
            s4 = Vector256.FusedMultiplyAdd(s4, m, a);
            s5 = Vector256.FusedMultiplyAdd(s5, m, a);
            s6 = Vector256.FusedMultiplyAdd(s6, m, a);
            s7 = Vector256.FusedMultiplyAdd(s7, m, a);
            s8 = Vector256.FusedMultiplyAdd(s8, m, a);
            s9 = Vector256.FusedMultiplyAdd(s9, m, a);
            s10 = Vector256.FusedMultiplyAdd(s10, m, a);
            s11 = Vector256.FusedMultiplyAdd(s11, m, a);
        }
        return Vector256.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run128(int steps)
    {
        Vector128<float> m = Vector128.Create(0.999f), a = Vector128.Create(0.001f);
        Vector128<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (var i = 0; i < 2 * steps; i++)
        {
            s0 = Vector128.FusedMultiplyAdd(s0, m, a);
            s1 = Vector128.FusedMultiplyAdd(s1, m, a);
            s2 = Vector128.FusedMultiplyAdd(s2, m, a);
            s3 = Vector128.FusedMultiplyAdd(s3, m, a);
            s4 = Vector128.FusedMultiplyAdd(s4, m, a);
            s5 = Vector128.FusedMultiplyAdd(s5, m, a);
            s6 = Vector128.FusedMultiplyAdd(s6, m, a);
            s7 = Vector128.FusedMultiplyAdd(s7, m, a);
            s8 = Vector128.FusedMultiplyAdd(s8, m, a);
            s9 = Vector128.FusedMultiplyAdd(s9, m, a);
            s10 = Vector128.FusedMultiplyAdd(s10, m, a);
            s11 = Vector128.FusedMultiplyAdd(s11, m, a);
        }
        return Vector128.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }
}
