using Engine.Tensors;

namespace Engine.Tests.Tensors;

public class TensorPrinterTests
{
    [Fact]
    public void NestsAsNumpyDoes()
    {
        Assert.Equal("int32[] 5", Tensor.Scalar(5).ToString());
        Assert.Equal("float[3] [1, 2.5, -0]", Tensor.From<float>(1, 2.5f, -0f).ToString());
        Assert.Equal("int32[2,2] [[1, 2],\n [3, 4]]", Tensor.From<int>([1, 2, 3, 4], [2, 2]).ToString());
        Assert.Equal("string[2] [\"a\", \"é\"]", Tensor.FromStrings(["a", "é"]).ToString());
        Assert.Equal("bool[1] [True]", Tensor.From<bool>(true).ToString());
        Assert.Equal("bfloat16[1] [1.5]", Tensor.From<BFloat16>((BFloat16)1.5f).ToString());
        Assert.Equal("float[0] []", Tensor.Zeros(DType.Float32, [0]).ToString());
        Assert.Equal("float[2,0] [[],\n []]", Tensor.Zeros(DType.Float32, [2, 0]).ToString());
    }

    [Fact]
    public void LeavesOutTheMiddle()
    {
        Assert.Equal("int32[7] [0, 1, 2, 3, 4, 5, 6]", Tensor.From<int>(0, 1, 2, 3, 4, 5, 6).ToString());
        Assert.Equal("int32[8] [0, 1, 2, ..., 5, 6, 7]", Tensor.From<int>(0, 1, 2, 3, 4, 5, 6, 7).ToString());
    }

    [Fact]
    public void StaysShort()
    {
        var dims = new long[20];
        Array.Fill(dims, 2);
        Assert.True(Tensor.Zeros(DType.UInt8, new Shape(dims)).ToString().Length < 100_000);
        dims = new long[254];
        Array.Fill(dims, 1);
        Array.Fill(dims, 7, 0, 20);
        dims[253] = 0;
        Assert.True(Tensor.Zeros(DType.UInt8, new Shape(dims)).ToString().Length < 1_000_000);
    }
}
