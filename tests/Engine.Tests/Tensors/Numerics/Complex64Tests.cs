using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Tensors;

namespace Engine.Tests.Tensors.Numerics;

public class Complex64Tests
{
    [Fact]
    public void IsTwoFloats() => Assert.Equal(8, Unsafe.SizeOf<Complex64>());

    [Fact]
    public void FollowsTheRulesOfComplexArithmetic()
    {
        var a = new Complex64(1, 2);
        var b = new Complex64(-3, 0.5f);
        Assert.Equal(new Complex64(-2, 2.5f), a + b);
        Assert.Equal(new Complex64(4, 1.5f), a - b);
        Assert.Equal(new Complex64(-4, -5.5f), a * b);
        Assert.Equal((Complex64)((Complex)a / b), a / b);
        Assert.Equal(a, Convert<Complex, Complex64>(a));
        Assert.Equal(1f, Convert<Complex64, float>(new Complex64(1, 0)));
        Assert.Equal(new Complex64(7, 0), Convert<int, Complex64>(7));
    }

    [Fact]
    public void DivisionByZeroIsNotANumberInBothParts()
    {
        var quotient = Complex64.One / Complex64.Zero;
        Assert.True(float.IsNaN(quotient.Real) && float.IsNaN(quotient.Imaginary));
    }

    [Fact]
    public void LargeNumbersDivideWithoutOverflow()
        => Assert.Equal(Complex64.One, new Complex64(3e38f, 3e38f) / new Complex64(3e38f, 3e38f));

    private static TTo Convert<TFrom, TTo>(TFrom value) where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo>
        => TTo.CreateChecked(value);
}
