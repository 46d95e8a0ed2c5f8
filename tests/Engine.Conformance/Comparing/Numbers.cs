using System.Globalization;
using System.Numerics;
using Engine.Tensors;

namespace Engine.Conformance.Comparing;

/// <summary>Elements of any number type as complex numbers of double precision, in which all are compared.</summary>
internal static class Numbers
{
    internal static Complex[] Of(Tensor tensor) => tensor.Type switch
    {
        DType.Float32 => Convert<float>(tensor, v => v),
        DType.Float64 => Convert<double>(tensor, v => v),
        DType.Float16 => Convert<Half>(tensor, v => (double)v),
        DType.BFloat16 => Convert<BFloat16>(tensor, v => (float)v),
        DType.Float8E5M2 => Convert<Float8E5M2>(tensor, v => (float)v),
        DType.Float8E4M3FN => Convert<Float8E4M3FN>(tensor, v => (float)v),
        DType.Int8 or DType.QInt8 or DType.Int4 => Convert<sbyte>(tensor, v => v),
        DType.UInt8 or DType.QUInt8 or DType.UInt4 => Convert<byte>(tensor, v => v),
        DType.Int16 or DType.QInt16 => Convert<short>(tensor, v => v),
        DType.UInt16 or DType.QUInt16 => Convert<ushort>(tensor, v => v),
        DType.Int32 or DType.QInt32 => Convert<int>(tensor, v => v),
        DType.UInt32 => Convert<uint>(tensor, v => v),
        DType.Int64 => Convert<long>(tensor, v => v),
        DType.UInt64 => Convert<ulong>(tensor, v => v),
        DType.Bool => Convert<bool>(tensor, v => v ? 1 : 0),
        DType.Complex64 => Convert<Complex64>(tensor, v => new Complex(v.Real, v.Imaginary)),
        DType.Complex128 => tensor.ToArray<Complex>(),
        _ => throw new ArgumentException($"There are no {tensor.Type.Name()} numbers.", nameof(tensor)),
    };

    /// <summary>|a - e|: 0 for equal numbers and two NaN, infinite where only one is finite or NaN.</summary>
    internal static double Distance(Complex e, Complex a)
    {
        if (e == a || (IsNaN(e) && IsNaN(a)))
            return 0;
        var distance = Complex.Abs(a - e);
        return double.IsNaN(distance) ? double.PositiveInfinity : distance;
    }

    internal static double Magnitude(Complex value) => Complex.Abs(value);

    internal static string Text(Complex value)
    {
        var real = value.Real.ToString("R", CultureInfo.InvariantCulture);
        return value.Imaginary == 0 ? real : $"{real}{(value.Imaginary < 0 ? "" : "+")}{value.Imaginary.ToString("R", CultureInfo.InvariantCulture)}j";
    }

    private static bool IsNaN(Complex value) => double.IsNaN(value.Real) || double.IsNaN(value.Imaginary);

    private static Complex[] Convert<T>(Tensor tensor, Func<T, Complex> convert) => Array.ConvertAll(tensor.ToArray<T>(), v => convert(v));
}
