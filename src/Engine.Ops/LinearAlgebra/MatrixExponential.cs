using System.Numerics;
using Engine.OpModel;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The exponential of a matrix, by scaling, a Padé approximant and squaring (Higham 2005).</summary>
[Op("MatrixExponential")]
internal sealed class MatrixExponential : IOp
{
    // Numerator of the approximant of degree 13, and the norm up to which it is exact in 64 bits.
    private const double LargestNorm = 5.371920351148152;

    private static ReadOnlySpan<double> Pade =>
    [
        64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800,
        33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
    ];

    public static void InferShapes(InferenceContext c) => c.SetOutput(0, MatrixStack.InferSquare(c));

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Map(node, Compute, Compute);

    private static Matrix<T> Compute<T>(Matrix<T> a)
        where T : unmanaged, INumberBase<T>
    {
        double norm = a.ColumnNorm();
        int squarings = norm > LargestNorm && double.IsFinite(norm) ? (int)Math.Ceiling(Math.Log2(norm / LargestNorm)) : 0;
        a = a.Scale(Field<T>.Of(Math.Pow(2, -squarings)));
        Matrix<T> square = a * a, power = Matrix<T>.Identity(a.Rows, a.Rows);
        Matrix<T> even = new(a.Rows, a.Rows), odd = new(a.Rows, a.Rows);
        for (int k = 0; k < Pade.Length; k += 2)
        {
            even = even.Plus(Field<T>.Of(Pade[k]), power);
            odd = odd.Plus(Field<T>.Of(Pade[k + 1]), power);
            power *= square;
        }
        odd = a * odd;
        Matrix<T> result = new LuDecomposition<T>(even.Plus(-T.One, odd)).Solve(even.Plus(T.One, odd));
        for (int i = 0; i < squarings; i++)
            result *= result;
        return result;
    }
}
