using System.Numerics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Tests.Lanes;

/// <summary>Every operation of every lane type against .NET's scalar arithmetic, special values included.</summary>
public class LaneArithmeticTests
{
    [Fact]
    public void Floats() => EveryWidth.Run(new FloatTest<float>([0f, -0f, 1, -1, 2.5f, -2.5f, 0.5f, 1.5f, 3e38f, -3e38f, 1e-30f, 8388609f,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN]));

    [Fact]
    public void Doubles() => EveryWidth.Run(new FloatTest<double>([0, -0d, 1, -1, 2.5, -2.5, 0.5, 1.5, 1e308, -1e308, 1e-300, 4503599627370497,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN]));

    [Fact]
    public void Bytes() => EveryWidth.Run(new IntegerTest<byte>([0, 1, 2, 3, 100, 127, 128, 200, 255]));

    [Fact]
    public void SignedBytes() => EveryWidth.Run(new IntegerTest<sbyte>([0, 1, 2, -3, 100, 127, -128, -1, 17]));

    [Fact]
    public void Shorts() => EveryWidth.Run(new IntegerTest<short>([0, 1, -1, 300, -300, short.MaxValue, short.MinValue]));

    [Fact]
    public void UnsignedShorts() => EveryWidth.Run(new IntegerTest<ushort>([0, 1, 300, 40000, ushort.MaxValue]));

    [Fact]
    public void Ints() => EveryWidth.Run(new IntegerTest<int>([0, 1, -1, 70000, -70000, int.MaxValue, int.MinValue]));

    [Fact]
    public void UnsignedInts() => EveryWidth.Run(new IntegerTest<uint>([0, 1, 70000, uint.MaxValue, 0x80000000]));

    [Fact]
    public void Longs() => EveryWidth.Run(new IntegerTest<long>([0, 1, -1, 1L << 40, -1L << 40, long.MaxValue, long.MinValue]));

    [Fact]
    public void UnsignedLongs() => EveryWidth.Run(new IntegerTest<ulong>([0, 1, 1UL << 40, ulong.MaxValue, 1UL << 63]));

    private abstract class PairTest<T>(T[] values) where T : unmanaged, INumber<T>
    {
        protected T[] X { get; } = [.. from x in values from _ in values select x];

        protected T[] Y { get; } = [.. from _ in values from y in values select y];

        protected void Arithmetic<W, V>(string width) where W : struct, INumberLanes<V, T>
        {
            Check<W, V>(width, "add", W.Add, (x, y) => unchecked(x + y));
            Check<W, V>(width, "sub", W.Sub, (x, y) => unchecked(x - y));
            Check<W, V>(width, "mul", W.Mul, (x, y) => unchecked(x * y));
            Check<W, V>(width, "min", W.Min, T.Min);
            Check<W, V>(width, "max", W.Max, T.Max);
            CheckMask<W, V>(width, "equal", W.Equal, (x, y) => x == y);
            CheckMask<W, V>(width, "not equal", W.NotEqual, (x, y) => x != y);
            CheckMask<W, V>(width, "less", W.Less, (x, y) => x < y);
            CheckMask<W, V>(width, "less or equal", W.LessOrEqual, (x, y) => x <= y);
            CheckMask<W, V>(width, "greater", W.Greater, (x, y) => x > y);
            CheckMask<W, V>(width, "greater or equal", W.GreaterOrEqual, (x, y) => x >= y);
            var everywhere = W.Equal(W.Zero, W.Zero);
            Assert.True(W.Any(everywhere) && W.All(everywhere), width);
            Assert.False(W.Any(W.Not(everywhere)) || W.All(W.Not(everywhere)), width);
            Assert.Equal(T.CreateChecked(W.Count), W.Sum(W.One));
        }

        protected void CheckMask<W, V>(string width, string name, Func<V, V, V> over, Func<T, T, bool> scalar) where W : struct, INumberLanes<V, T>
            => Check<W, V>(width, name, (x, y) => W.Select(over(x, y), W.One, W.Zero), (x, y) => scalar(x, y) ? T.One : T.Zero);

        protected void Check<W, V>(string width, string name, Func<V, V, V> over, Func<T, T, T> scalar) where W : struct, INumberLanes<V, T>
        {
            var actual = EveryWidth.Map2<W, V, T>(X, Y, over);
            for (var i = 0; i < X.Length; i++)
            {
                var expected = scalar(X[i], Y[i]);
                var same = actual[i].Equals(expected) && (T.IsNaN(expected) || T.IsNegative(actual[i]) == T.IsNegative(expected));
                Assert.True(same, $"{name} of {X[i]} and {Y[i]} at {width}: {actual[i]}, not {expected}");
            }
        }
    }

    private sealed class IntegerTest<T>(T[] values) : PairTest<T>(values), ILaneTest<T> where T : unmanaged, INumber<T>, IBinaryInteger<T>
    {
        public void Run<W, V>(string width) where W : struct, IFloatLanes<V, T>, IIntegerLanes<V, T>
        {
            Arithmetic<W, V>(width);
            Check<W, V>(width, "neg", (x, _) => W.Neg(x), (x, _) => unchecked(T.Zero - x));
            Check<W, V>(width, "abs", (x, _) => W.Abs(x), (x, _) => x < T.Zero ? unchecked(T.Zero - x) : x);
            Check<W, V>(width, "and", W.And, (x, y) => x & y);
            Check<W, V>(width, "or", W.Or, (x, y) => x | y);
            Check<W, V>(width, "xor", W.Xor, (x, y) => x ^ y);
            Check<W, V>(width, "and not", W.AndNot, (x, y) => x & ~y);
            Check<W, V>(width, "shift left", (x, _) => W.ShiftLeft(x, 3), (x, _) => x << 3);
            Check<W, V>(width, "shift right logical", (x, _) => W.ShiftRightLogical(x, 3), (x, _) => x >>> 3);
            var bits = System.Runtime.CompilerServices.Unsafe.SizeOf<T>() * 8;
            Check<W, V>(width, "shift right arithmetic", (x, _) => W.ShiftRightArithmetic(x, 3), (x, _) =>
            {
                var top = (x >>> (bits - 1)) != T.Zero ? T.AllBitsSet << (bits - 3) : T.Zero;
                return (x >>> 3) | top;
            });
            Check<W, V>(width, "population count", (x, _) => W.PopCount(x), (x, _) => T.PopCount(x));
            Check<W, V>(width, "div", (x, y) => W.Div(x, W.Max(y, W.One)), (x, y) => x / T.Max(y, T.One));
        }
    }

    private sealed class FloatTest<T>(T[] values) : PairTest<T>(values), ILaneTest<T> where T : unmanaged, INumber<T>, IFloatingPointIeee754<T>
    {
        public void Run<W, V>(string width) where W : struct, IFloatLanes<V, T>, IIntegerLanes<V, T>
        {
            Arithmetic<W, V>(width);
            Check<W, V>(width, "div", W.Div, (x, y) => x / y);
            Check<W, V>(width, "neg", (x, _) => W.Neg(x), (x, _) => -x);
            Check<W, V>(width, "abs", (x, _) => W.Abs(x), (x, _) => T.Abs(x));
            Check<W, V>(width, "sqrt", (x, _) => W.Sqrt(x), (x, _) => T.Sqrt(x));
            Check<W, V>(width, "rsqrt", (x, _) => W.Rsqrt(x), (x, _) => T.One / T.Sqrt(x));
            Check<W, V>(width, "floor", (x, _) => W.Floor(x), (x, _) => T.Floor(x));
            Check<W, V>(width, "ceil", (x, _) => W.Ceil(x), (x, _) => T.Ceiling(x));
            Check<W, V>(width, "rint", (x, _) => W.Rint(x), (x, _) => T.Round(x));
            Check<W, V>(width, "truncate", (x, _) => W.Truncate(x), (x, _) => T.Truncate(x));
            CheckMask<W, V>(width, "NaN", (x, _) => W.IsNaN(x), (x, _) => T.IsNaN(x));
            Check<W, V>(width, "scale", (x, _) => W.Scale(x, W.One), (x, _) => x + x);
            Check<W, V>(width, "limit", (x, _) => W.MaxLimit(W.Neg(W.One), W.MinLimit(W.One, x)), (x, _) => T.IsNaN(x) ? x : T.Clamp(x, -T.One, T.One));
            Check<W, V>(width, "fma", (x, y) => W.Fma(x, y, y), (x, y) => T.MultiplyAddEstimate(x, y, y));
        }
    }
}
