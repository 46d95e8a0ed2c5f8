using Engine.Ops.Lanes;
using Engine.Tensors;

namespace Engine.Ops.Tests.Lanes;

/// <summary>16-bit floats through float lanes: every pattern in, and all the ways to round out.</summary>
public class SixteenBitsTests
{
    [Fact]
    public void HalfConvertsAsTheScalarCastsDo() => EveryWidth.Run(new HalfTest());

    [Fact]
    public void BFloat16ConvertsAsTheScalarCastsDo() => EveryWidth.Run(new BFloat16Test());

    private static IEnumerable<float> Floats()
    {
        for (var bits = 0L; bits <= uint.MaxValue; bits += 4099) yield return BitConverter.UInt32BitsToSingle((uint)bits);
        for (var bits = 0; bits < 0x10000; bits++)
        {
            // Each float16 and the ties around it.
            var x = (float)BitConverter.UInt16BitsToHalf((ushort)bits);
            yield return x;
            yield return MathF.BitIncrement(x);
            yield return BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) ^ 0x1000);
            yield return BitConverter.UInt32BitsToSingle((uint)bits << 16 | 0x8000);
        }
    }

    private sealed class HalfTest : ILaneTest<float>
    {
        public void Run<W, V>(string width) where W : struct, IFloatLanes<V, float>, IIntegerLanes<V, float>
        {
            var halves = new Half[0x10000];
            for (var i = 0; i < halves.Length; i++) halves[i] = BitConverter.UInt16BitsToHalf((ushort)i);
            var floats = new float[halves.Length];
            for (var i = 0; i < halves.Length; i += W.Count) W.Store(W.LoadHalf(ref halves[0], i), ref floats[0], i);
            for (var i = 0; i < halves.Length; i++) Assert.Equal((float)halves[i], floats[i]);

            var x = Floats().ToArray();
            var rounded = new Half[x.Length + W.Count];
            Array.Resize(ref x, rounded.Length);
            for (var i = 0; i + W.Count <= x.Length; i += W.Count) W.StoreHalf(W.Load(ref x[0], i), ref rounded[0], i);
            for (var i = 0; i + W.Count <= x.Length; i++) Assert.True(((Half)x[i]).Equals(rounded[i]), $"{x[i]:R} at {width}: {rounded[i]}");
        }
    }

    private sealed class BFloat16Test : ILaneTest<float>
    {
        public void Run<W, V>(string width) where W : struct, IFloatLanes<V, float>, IIntegerLanes<V, float>
        {
            var x = Floats().ToArray();
            var rounded = new BFloat16[x.Length + W.Count];
            Array.Resize(ref x, rounded.Length);
            for (var i = 0; i + W.Count <= x.Length; i += W.Count) W.StoreBFloat16(W.Load(ref x[0], i), ref rounded[0], i);
            for (var i = 0; i + W.Count <= x.Length; i++) Assert.True(((BFloat16)x[i]).Equals(rounded[i]), $"{x[i]:R} at {width}: {rounded[i]}");
            var back = new float[W.Count];
            W.Store(W.LoadBFloat16(ref rounded[0], 5), ref back[0], 0);
            for (var i = 0; i < W.Count; i++) Assert.Equal((float)rounded[5 + i], back[i]);
        }
    }
}
