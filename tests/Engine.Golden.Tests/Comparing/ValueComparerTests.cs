using Engine.Conformance.Comparing;
using Value = Engine.Conformance.Golden.Value;

namespace Engine.Golden.Tests.Comparing;

public class ValueComparerTests
{
    [Theory]
    [InlineData(1.0, 1.009, true)]
    [InlineData(1.0, 1.02, false)]
    [InlineData(-100.0, -100.9, true)]
    [InlineData(double.NaN, double.NaN, true)]
    [InlineData(double.NaN, 1.0, false)]
    [InlineData(1.0, double.NaN, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, false)]
    [InlineData(double.PositiveInfinity, 1e300, false)]
    [InlineData(1.0, double.PositiveInfinity, false)]
    [InlineData(0.0, -0.0, true)]
    public void Tolerance_is_relative(double expected, double actual, bool same)
        => Assert.Equal(same, Compare(Tensor.Scalar(expected), Tensor.Scalar(actual), rtol: 0.01) is null);

    [Theory]
    [InlineData(0.0, 0.009, true)]
    [InlineData(0.0, 0.011, false)]
    public void Tolerance_is_absolute(double expected, double actual, bool same)
        => Assert.Equal(same, Compare(Tensor.Scalar(expected), Tensor.Scalar(actual), atol: 0.01) is null);

    [Fact]
    public void No_tolerance_asks_for_equal_bits()
    {
        Assert.Null(Compare(Tensor.Scalar(float.NaN), Tensor.Scalar(float.NaN)));
        Assert.NotNull(Compare(Tensor.Scalar(0f), Tensor.Scalar(-0f)));
        Assert.NotNull(Compare(Tensor.Scalar(1f), Tensor.Scalar(float.BitIncrement(1f))));
    }

    [Fact]
    public void Type_and_shape_count()
    {
        Assert.NotNull(Compare(Tensor.Scalar(1f), Tensor.Scalar(1.0), rtol: 1));
        Assert.NotNull(Compare(Tensor.From<int>(1), Tensor.Scalar(1)));
        Assert.NotNull(Compare(Tensor.From<sbyte>(1), Tensor.From<sbyte>([1], Shape.Vector(1), DType.QInt8)));
    }

    [Fact]
    public void Unspecified_values_do_not_count()
    {
        var expectation = new Value { Name = "y:0", ShapeOnly = true };
        Assert.Null(ValueComparer.Compare(expectation, Tensor.From<int>(1, 2), Tensor.From<int>(3, 4)));
        Assert.NotNull(ValueComparer.Compare(expectation, Tensor.From<int>(1, 2), Tensor.From<int>(3)));
    }

    [Fact]
    public void Strings_are_bytes()
    {
        Assert.Null(Compare(Tensor.From<byte[]>([0xff], []), Tensor.From<byte[]>([0xff], [])));
        Assert.NotNull(Compare(Tensor.FromStrings(["a"]), Tensor.FromStrings(["a\0"])));
    }

    [Fact]
    public void Largest_errors_of_all_elements_are_told()
    {
        var difference = Compare(Tensor.From<double>(100, 1, 1), Tensor.From<double>(101, 1.5, 1))!;
        Assert.Equal(1, difference.AbsoluteError);
        Assert.Equal(0.5, difference.RelativeError);
    }

    private static Difference? Compare(Tensor expected, Tensor actual, double rtol = 0, double atol = 0)
        => ValueComparer.Compare(new Value { Name = "y:0", Rtol = rtol, Atol = atol }, expected, actual);
}
