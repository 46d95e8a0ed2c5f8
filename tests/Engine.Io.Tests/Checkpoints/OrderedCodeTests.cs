using Engine.Io.Checkpoints;

namespace Engine.Io.Tests.Checkpoints;

public class OrderedCodeTests
{
    [Theory]
    [InlineData(0, "80")]
    [InlineData(1, "81")]
    [InlineData(63, "BF")]
    [InlineData(64, "C040")]
    [InlineData(-1, "7F")]
    [InlineData(-64, "40")]
    [InlineData(-65, "3FBF")]
    [InlineData(8191, "DFFF")]
    [InlineData(8192, "E02000")]
    [InlineData(0x424242, "F0424242")]
    [InlineData(-2048, "3800")]
    [InlineData(100000, "E186A0")]
    [InlineData(1L << 31, "F880000000")]
    [InlineData(long.MaxValue, "FFC07FFFFFFFFFFFFFFF")]
    [InlineData(long.MinValue, "003F8000000000000000")]
    public void SignedNumbers(long value, string expected)
    {
        var code = new OrderedCode();
        code.WriteSigned(value);
        Assert.Equal(expected, Convert.ToHexString(code.ToArray()));
    }

    [Fact]
    public void TheOrderOfBytesIsTheOrderOfValues()
    {
        var values = Enumerable.Range(0, 63).SelectMany(i => new[] { 1L << i, (1L << i) - 1, -(1L << i), -(1L << i) - 1 }).Append(long.MinValue).Distinct().Order().ToArray();
        var codes = values.Select(Encode).ToArray();
        for (var i = 1; i < codes.Length; i++)
            Assert.True(codes[i - 1].AsSpan().SequenceCompareTo(codes[i]) < 0, $"{values[i - 1]} {values[i]}");

        static byte[] Encode(long value)
        {
            var code = new OrderedCode();
            code.WriteSigned(value);
            return code.ToArray();
        }
    }

    [Fact]
    public void NumbersAndStrings()
    {
        var code = new OrderedCode();
        code.WriteNumber(0);
        code.WriteNumber(1);
        code.WriteNumber(256);
        code.WriteNumber(ulong.MaxValue);
        code.WriteString([0, 65, 0xff]);
        Assert.Equal("00" + "0101" + "020100" + "08FFFFFFFFFFFFFFFF" + "00FF41FF000001", Convert.ToHexString(code.ToArray()));
    }

    [Theory]
    [InlineData("2 5 -:-", "00656D62000101028 07F807F")]
    [InlineData("2 5 0,2:0,5", "00656D620001010280828085")]
    [InlineData("5 5 2,3:0,5", "00656D620001010282838085")]
    [InlineData("200 5 0,100:-", "00656D620001010280C064807F")]
    public void SliceKeys(string spec, string expected)
        => Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(TensorSlice.ParseSpec(spec).Slice.Key("emb"u8)));

    [Theory]
    [InlineData("", StatusCode.InvalidArgument)]
    [InlineData("5", StatusCode.InvalidArgument)]
    [InlineData("a 0,1", StatusCode.InvalidArgument)]
    [InlineData("5 0", StatusCode.InvalidArgument)]
    [InlineData("5 0,0", StatusCode.InvalidArgument)]
    [InlineData("5 -1,1", StatusCode.InvalidArgument)]
    [InlineData("5 0,1:0,1", StatusCode.InvalidArgument)]
    [InlineData("5 4,2", StatusCode.Internal)]
    [InlineData("5 9223372036854775807,9223372036854775807", StatusCode.Internal)]
    public void BadSpecs(string spec, StatusCode code) => Assert.Equal(code, Assert.Throws<EngineException>(() => TensorSlice.ParseSpec(spec)).Code);
}
