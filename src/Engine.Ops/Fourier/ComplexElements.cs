using System.Numerics;
using Engine.Tensors;

namespace Engine.Ops.Fourier;

/// <summary>Elements of real and complex types to and from complex numbers of 64 bits.</summary>
internal static unsafe class ComplexElements
{
    internal static void Read(Tensor source, Complex* target)
    {
        for (long i = 0; i < source.Count; i++)
            target[i] = At(source, i);
    }

    internal static Complex At(Tensor source, long index) => source.Type switch
    {
        DType.Complex64 => source.Pointer<Complex64>()[index],
        DType.Complex128 => source.Pointer<Complex>()[index],
        DType.Float32 => source.Pointer<float>()[index],
        _ => source.Pointer<double>()[index],
    };

    /// <summary>Real types take the real parts.</summary>
    internal static void Write(Complex* source, Tensor target)
    {
        for (long i = 0; i < target.Count; i++)
            Set(target, i, source[i]);
    }

    internal static void Set(Tensor target, long index, Complex value)
    {
        switch (target.Type)
        {
            case DType.Complex64: target.Pointer<Complex64>()[index] = (Complex64)value; break;
            case DType.Complex128: target.Pointer<Complex>()[index] = value; break;
            case DType.Float32: target.Pointer<float>()[index] = (float)value.Real; break;
            default: target.Pointer<double>()[index] = value.Real; break;
        }
    }
}
