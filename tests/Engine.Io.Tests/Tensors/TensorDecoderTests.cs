using System.Numerics;
using Engine.Io.Tensors;
using Engine.Tensors;
using Google.Protobuf;

namespace Engine.Io.Tests.Tensors;

public class TensorDecoderTests
{
    [Fact]
    public void TooFewValuesRepeatTheLast()
    {
        var p = Proto(DType.Float32, 2, 3);
        p.FloatVal.Add([1f, 2f]);
        Assert.Equal([1f, 2f, 2f, 2f, 2f, 2f], Decode(p).ToArray<float>());
    }

    [Fact]
    public void NoValuesAreZeros()
    {
        Assert.Equal([0, 0], Decode(Proto(DType.Int32, 2)).ToArray<int>());
        Assert.Equal(["", ""], Decode(Proto(DType.String, 2)).ToStrings());
        Assert.Equal([false], Decode(Proto(DType.Bool, 1)).ToArray<bool>());
    }

    [Fact]
    public void SurplusValuesAreIgnored()
    {
        var p = Proto(DType.Int64, 1);
        p.Int64Val.Add([7, 8]);
        Assert.Equal([7L], Decode(p).ToArray<long>());
    }

    [Fact]
    public void ContentWinsOverValues()
    {
        var p = Proto(DType.Int32, 2);
        p.TensorContent = ByteString.CopyFrom(1, 0, 0, 0, 2, 0, 0, 0);
        p.IntVal.Add(9);
        Assert.Equal([1, 2], Decode(p).ToArray<int>());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(4)]
    public void ContentMustMatchInSize(int length)
    {
        var p = Proto(DType.Int32, 2);
        p.TensorContent = ByteString.CopyFrom(new byte[length]);
        AssertCode(StatusCode.InvalidArgument, p);
    }

    [Fact]
    public void LargeContentIsUsedInPlace()
    {
        var values = Enumerable.Range(0, 50_000).Select(i => (float)i).ToArray();
        var p = TensorEncoder.Encode(Tensor.From<float>(values));
        using var t = Decode(p);
        Assert.Equal(values, t.ToArray<float>());
    }

    [Fact]
    public void HalfValuesAreLow16Bits()
    {
        var p = Proto(DType.Float16, 2);
        p.HalfVal.Add([0x70000 | 0x3c00, -1]);
        Assert.Equal([(Half)1, BitConverter.UInt16BitsToHalf(0xffff)], Decode(p).ToArray<Half>());
        p.Dtype = Protos.DataType.DtBfloat16;
        p.HalfVal[0] = 0x3f80;
        Assert.Equal(1f, (float)Decode(p).ToArray<BFloat16>()[0]);
    }

    [Fact]
    public void IntegersWrap()
    {
        var p = Proto(DType.UInt8, 2);
        p.IntVal.Add([257, -1]);
        Assert.Equal([(byte)1, (byte)255], Decode(p).ToArray<byte>());
    }

    [Fact]
    public void FourBitIntegersAreSignExtended()
    {
        var p = Proto(DType.Int4, 3);
        p.TensorContent = ByteString.CopyFrom(0x08, 0x0f, 0x07);
        Assert.Equal([(sbyte)-8, (sbyte)-1, (sbyte)7], Decode(p).ToArray<sbyte>());
        Assert.Equal(p.TensorContent, TensorEncoder.Encode(Decode(p)).TensorContent);
    }

    [Fact]
    public void AnOddComplexValueIsIgnored()
    {
        var p = Proto(DType.Complex64, 2);
        p.ScomplexVal.Add([1f, 2f, 3f]);
        Assert.Equal([new Complex64(1, 2), new Complex64(1, 2)], Decode(p).ToArray<Complex64>());
    }

    [Fact]
    public void StringContentIsLengthsThenBytes()
    {
        var p = Proto(DType.String, 3);
        p.TensorContent = ByteString.CopyFrom([2, 0, 1, .. "abc"u8]);
        Assert.Equal(["ab", "", "c"], Decode(p).ToStrings());
        p.TensorContent = ByteString.CopyFrom([2, 0, 1, .. "ab"u8]);
        AssertCode(StatusCode.InvalidArgument, p);
        p.TensorContent = ByteString.CopyFrom([0x80, 0x80, 0x80, 0x80, 0x80, 0x80]);
        AssertCode(StatusCode.InvalidArgument, p);
    }

    [Fact]
    public void AnUnknownRankIsAScalar()
    {
        var p = new Protos.TensorProto { Dtype = Protos.DataType.DtInt32, TensorShape = new() { UnknownRank = true } };
        p.IntVal.Add(4);
        Assert.Equal(4, Decode(p).Item<int>());
    }

    [Fact]
    public void AHugeShapeWithFewValuesIsRefused()
    {
        AssertCode(StatusCode.ResourceExhausted, Proto(DType.Float32, 1L << 40));
        AssertCode(StatusCode.ResourceExhausted, Proto(DType.String, 1L << 33));
        AssertCode(StatusCode.InvalidArgument, Proto(DType.Float32, 1L << 40, 1L << 40));
        AssertCode(StatusCode.InvalidArgument, Proto(DType.Float32, -1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(99)]
    [InlineData(101)]
    public void TypesWithoutTensorsAreRefused(int type) => AssertCode(StatusCode.InvalidArgument, Proto((DType)type, 1));

    [Fact]
    public void EveryTypeComesBack()
    {
        foreach (var type in Enum.GetValues<DType>().Where(t => t is not (DType.Invalid or DType.Resource or DType.Variant or DType.String)))
        {
            foreach (var count in new[] { 0, 1, 5, 90_000 })
            {
                var t = Tensor.Allocate(type, Shape.Vector(count));
                var bytes = t.Bytes();
                for (var i = 0; i < bytes.Length; i++)
                    bytes[i] = (byte)(type is DType.Bool ? i & 1 : type is DType.Int4 or DType.UInt4 ? i & 7 : i * 37 + 11);
                foreach (var raw in new[] { false, true })
                {
                    var back = Decode(Protos.TensorProto.Parser.ParseFrom(TensorEncoder.Encode(t, raw).ToByteArray()));
                    Assert.Equal(type, back.Type);
                    Assert.Equal(t.Shape, back.Shape);
                    Assert.Equal(t.Bytes().ToArray(), back.Bytes().ToArray());
                }
            }
        }
    }

    [Fact]
    public void Complex128ValuesArePairs()
    {
        var p = TensorEncoder.Encode(Tensor.Scalar(new Complex(1, -2)));
        Assert.Equal([1.0, -2.0], p.DcomplexVal);
        Assert.Equal(new Complex(1, -2), Decode(p).Item<Complex>());
    }

    private static Tensor Decode(Protos.TensorProto p) => new TensorDecoder().Decode(p);

    private static void AssertCode(StatusCode code, Protos.TensorProto p) => Assert.Equal(code, Assert.Throws<EngineException>(() => Decode(p)).Code);

    private static Protos.TensorProto Proto(DType type, params long[] dims)
        => new() { Dtype = (Protos.DataType)(int)type, TensorShape = ShapeProtos.ToProto(new PartialShape(dims)) };
}
