using System.Numerics;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Tests.Lanes;

/// <summary>A check that is generic in the width.</summary>
internal interface ILaneTest<T> where T : unmanaged
{
    void Run<W, V>(string width) where W : struct, IFloatLanes<V, T>, IIntegerLanes<V, T>;
}

/// <summary>Runs a check at every width. The widths that the processor lacks run in software, so that all are checked everywhere.</summary>
internal static class EveryWidth
{
    public static void Run<T>(ILaneTest<T> test) where T : unmanaged, INumber<T>
    {
        test.Run<Lanes512<T>, Vector512<T>>("512");
        test.Run<Lanes256<T>, Vector256<T>>("256");
        test.Run<Lanes128<T>, Vector128<T>>("128");
        test.Run<ScalarLanes<T>, T>("scalar");
    }

    /// <summary>Applies a function over whole registers; what is beyond the last register is padded with the last element.</summary>
    public static T[] Map<W, V, T>(T[] x, Func<V, V> function) where W : struct, INumberLanes<V, T> where T : unmanaged
        => Map2<W, V, T>(x, x, (a, _) => function(a));

    public static T[] Map2<W, V, T>(T[] x, T[] y, Func<V, V, V> function) where W : struct, INumberLanes<V, T> where T : unmanaged
    {
        var length = (x.Length + W.Count - 1) / W.Count * W.Count;
        T[] paddedX = [.. x, .. Enumerable.Repeat(x[^1], length - x.Length)];
        T[] paddedY = [.. y, .. Enumerable.Repeat(y[^1], length - y.Length)];
        var result = new T[length];
        for (var i = 0; i < length; i += W.Count)
        {
            W.Store(function(W.Load(ref paddedX[0], i), W.Load(ref paddedY[0], i)), ref result[0], i);
        }
        return result[..x.Length];
    }
}
