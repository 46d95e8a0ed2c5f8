using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>Division of integers: a zero divisor is an error, the lowest value by -1 wraps.</summary>
internal static class IntegerDivision
{
    /// <summary>The kernel for an integer type; null for other types.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="code">Status code of a zero divisor, which differs from op to op.</param>
    internal static Engine.OpModel.Kernel? Kernel<TBody>(DType type, StatusCode code) where TBody : struct, IIntegerBody2
        => ElementTypes.Integer(type, new Factory<TBody>(code));

    /// <summary>Rounded toward zero.</summary>
    internal readonly struct Truncated : IIntegerBody2
    {
        public static T Invoke<T>(T x, T y) where T : IBinaryInteger<T> => T.IsNegative(y) && y == T.Zero - T.One ? T.Zero - x : x / y;
    }

    /// <summary>Rounded down.</summary>
    internal readonly struct Floored : IIntegerBody2
    {
        public static T Invoke<T>(T x, T y) where T : IBinaryInteger<T>
        {
            if (T.IsNegative(y) && y == T.Zero - T.One)
                return T.Zero - x;
            var q = x / y;
            return T.IsNegative(x) != T.IsNegative(y) && q * y != x ? q - T.One : q;
        }
    }

    /// <summary>The remainder with the sign of x.</summary>
    internal readonly struct TruncatedRemainder : IIntegerBody2
    {
        public static T Invoke<T>(T x, T y) where T : IBinaryInteger<T> => T.IsNegative(y) && y == T.Zero - T.One ? T.Zero : x % y;
    }

    /// <summary>The remainder with the sign of y.</summary>
    internal readonly struct FlooredRemainder : IIntegerBody2
    {
        public static T Invoke<T>(T x, T y) where T : IBinaryInteger<T>
        {
            if (T.IsNegative(y) && y == T.Zero - T.One)
                return T.Zero;
            var r = x % y;
            return r != T.Zero && T.IsNegative(r) != T.IsNegative(y) ? r + y : r;
        }
    }

    private readonly struct Factory<TBody>(StatusCode code) : IIntegerFactory where TBody : struct, IIntegerBody2
    {
        public Engine.OpModel.Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
            => new DivisionKernel<T>(MapBinary.Scalar<Checked<TBody, T>, T, T>(10), code);
    }

    // A zero divisor is noticed before anything is computed, so the body need not stop at one.
    private readonly struct Checked<TBody, T> : IScalarBody2<T, T> where TBody : struct, IIntegerBody2 where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T x, T y) => TBody.Invoke(x, y);
    }

    private sealed class DivisionKernel<T>(Engine.OpModel.Kernel division, StatusCode code) : Engine.OpModel.Kernel where T : unmanaged, IBinaryInteger<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var divisors = context.Input(1);
            // With nothing to divide, a zero divides nothing.
            if (context.Input(0).Count > 0 && ContainsZero(divisors.Pointer<T>(), divisors.Count))
                throw new EngineException(code, "Integer division by zero");
            division.Compute(context);
        }

        private static unsafe bool ContainsZero(T* values, long count)
        {
            for (var i = 0L; i < count; i++)
            {
                if (values[i] == T.Zero)
                    return true;
            }
            return false;
        }
    }
}
