using Engine.Ops.Strings;

namespace Engine.Ops.Tests.Strings;

public class DecimalTextTests
{
    [Theory]
    [InlineData(0.5, 0, "0")]
    [InlineData(1.5, 0, "2")]
    [InlineData(123456.7890625, 6, "123456.789062")]
    [InlineData(0.1, 20, "0.10000000000000000555")]
    public void FixedRoundsTiesToEven(double value, int precision, string expected) => Assert.Equal(expected, DecimalText.Fixed(value, precision));

    [Theory]
    [InlineData(9.9999999, 3, "1.000e+01")]
    [InlineData(5e-324, 6, "4.940656e-324")]
    [InlineData(0, 2, "0.00e+00")]
    public void ScientificCarries(double value, int precision, string expected) => Assert.Equal(expected, DecimalText.Scientific(value, precision));

    [Theory]
    [InlineData(999999.5, 6, "1e+06")]
    [InlineData(0.0001, 6, "0.0001")]
    [InlineData(0.00001, 6, "1e-05")]
    [InlineData(100, 6, "100")]
    public void GeneralChoosesTheShorterForm(double value, int precision, string expected) => Assert.Equal(expected, DecimalText.General(value, precision));
}
