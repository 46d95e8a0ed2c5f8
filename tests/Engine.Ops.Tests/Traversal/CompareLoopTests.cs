using System.Numerics;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Tests.Traversal;

public sealed class CompareLoopTests
{
    [Fact]
    public void AllWidthsAndTypesCompareAlike()
    {
        Check<sbyte>();
        Check<byte>();
        Check<short>();
        Check<int>();
        Check<ulong>();
        Check<float>();
        Check<double>();
    }

    private static void Check<T>() where T : unmanaged, INumber<T>
    {
        var random = new Random(3);
        for (var length = 0; length < 200; length++)
        {
            var x = new T[length + 1];
            var y = new T[length + 1];
            for (var i = 0; i <= length; i++)
            {
                x[i] = T.CreateTruncating(random.Next(4));
                y[i] = T.CreateTruncating(random.Next(4));
            }
            foreach (var (xIsScalar, yIsScalar) in new[] { (false, false), (true, false), (false, true) })
            {
                var result = new byte[length + 1];
                result[length] = 7;
                CompareLoop<Less, T>.Run(ref x[0], ref y[0], ref result[0], length, xIsScalar, yIsScalar);
                for (var i = 0; i < length; i++)
                    Assert.Equal(x[xIsScalar ? 0 : i] < y[yIsScalar ? 0 : i] ? 1 : 0, result[i]);
                Assert.Equal(7, result[length]);
            }
        }
    }

    private readonly struct Less : INumberBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Less(x, y);
    }
}
