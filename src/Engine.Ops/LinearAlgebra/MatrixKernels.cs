using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Makes matrix kernels for the working type of a node: double, or Complex.</summary>
internal static class MatrixKernels
{
    /// <summary>A kernel for float32, float64 and the complex types.</summary>
    internal static Kernel Create(
        KernelBuilder node,
        Func<KernelContext, Shape[]> plan,
        Func<Matrix<double>[], Matrix<double>[]> real,
        Func<Matrix<Complex>[], Matrix<Complex>[]>? complex,
        int matrixInputs = 1,
        bool half = false) => node.Type("T") switch
        {
            DType.Float32 or DType.Float64 => new MatrixKernel<double>(plan, real, matrixInputs),
            DType.Float16 when half => new MatrixKernel<double>(plan, real, matrixInputs),
            DType.Complex64 or DType.Complex128 when complex is not null => new MatrixKernel<Complex>(plan, complex, matrixInputs),
            _ => throw node.NoKernel(),
        };

    /// <summary>A function of a square matrix to one of the same size.</summary>
    internal static Kernel Map(
        KernelBuilder node, Func<Matrix<double>, Matrix<double>> real, Func<Matrix<Complex>, Matrix<Complex>>? complex, bool half = false)
        => Create(node, SameSquare, m => [real(m[0])], complex is null ? null : m => [complex(m[0])], half: half);

    /// <summary>The plan of an op from a square matrix to one of the same size.</summary>
    internal static Shape[] SameSquare(KernelContext context)
    {
        MatrixStack.CheckSquare(context.Input(0));
        return [context.Input(0).Shape.Slice(context.Input(0).Rank - 2)];
    }
}
