using Engine.Tensors;

namespace Engine.Tests.Tensors;

public class DTypesTests
{
    public static TheoryData<DType> Types => [.. Enum.GetValues<DType>().Where(t => t != DType.Invalid)];

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeHasAName(DType type)
    {
        Assert.Equal(type, DTypes.Parse(type.Name()));
        Assert.Equal(type.Ref(), DTypes.Parse(type.Name() + "_ref"));
        Assert.Equal(type.Name() + "_ref", type.Ref().Name());
        Assert.Equal(type, type.Ref().Base());
        Assert.True(type.Ref().IsRef());
        Assert.False(type.IsRef());
        Assert.True(type.IsKnown());
        Assert.True(type.Ref().IsKnown());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeHasStorage(DType type)
    {
        Assert.NotEqual(typeof(void), type.StorageType());
        Assert.Equal(type.IsObject(), type.Size() == 0);
        using var t = Tensor.Zeros(type, [2, 3]);
        Assert.Equal(6 * type.Size(), t.ByteLength);
        Assert.NotEmpty(t.ToString());
    }

    [Theory]
    [InlineData("float", DType.Float32)]
    [InlineData("double", DType.Float64)]
    [InlineData("half", DType.Float16)]
    [InlineData("bfloat16", DType.BFloat16)]
    [InlineData("quint8", DType.QUInt8)]
    [InlineData("float8_e4m3fn", DType.Float8E4M3FN)]
    [InlineData("int4", DType.Int4)]
    [InlineData("Float", DType.Invalid)]
    [InlineData("", DType.Invalid)]
    [InlineData("_ref", DType.Invalid)]
    public void Names(string name, DType type) => Assert.Equal(type, DTypes.Parse(name));

    [Fact]
    public void OfStorage()
    {
        Assert.Equal(DType.Int32, DTypes.Of<int>());
        Assert.Equal(DType.UInt8, DTypes.Of<byte>());
        Assert.Equal(DType.Int8, DTypes.Of<sbyte>());
        Assert.Equal(DType.String, DTypes.Of<byte[]>());
        Assert.Equal(DType.BFloat16, DTypes.Of<BFloat16>());
        Assert.Throws<EngineException>(() => DTypes.Of<DateTime>());
        Assert.Throws<EngineException>(() => DTypes.Of<string>());
        Assert.True(DType.QInt32.IsStoredAs<int>());
        Assert.True(DType.Bool.IsStoredAs<byte>());
        Assert.False(DType.Float32.IsStoredAs<int>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(26)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(126)]
    [InlineData(-3)]
    [InlineData(201)]
    public void OtherNumbersAreNoTypes(int number) => Assert.False(((DType)number).IsKnown());
}
