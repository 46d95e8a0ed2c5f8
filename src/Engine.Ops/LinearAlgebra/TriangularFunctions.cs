using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Functions of upper triangular matrices.</summary>
internal static class TriangularFunctions
{
    /// <summary>The principal square root (Björck and Hammarling, 1983).</summary>
    internal static Matrix<Complex> SquareRoot(Matrix<Complex> t)
    {
        var root = new Matrix<Complex>(t.Rows, t.Rows);
        for (int j = 0; j < t.Rows; j++)
        {
            root[j, j] = Complex.Sqrt(t[j, j]);
            for (int i = j - 1; i >= 0; i--)
            {
                Complex sum = t[i, j];
                for (int k = i + 1; k < j; k++)
                    sum -= root[i, k] * root[k, j];
                root[i, j] = sum == 0 ? 0 : sum / (root[i, i] + root[j, j]);
            }
        }
        return root;
    }

    /// <summary>The principal logarithm: square roots until the matrix is near the identity, then the series of the area tangent.</summary>
    internal static Matrix<Complex> Logarithm(Matrix<Complex> t)
    {
        Matrix<Complex> identity = Matrix<Complex>.Identity(t.Rows, t.Rows), near = t;
        int roots = 0;
        for (; roots < 100 && near.Plus(-1, identity).ColumnNorm() > 0.1; roots++)
            near = SquareRoot(near);
        Matrix<Complex> z = new LuDecomposition<Complex>(near.Plus(1, identity)).Solve(near.Plus(-1, identity));
        Matrix<Complex> square = z * z, power = z, sum = z;
        for (int k = 3; k <= 15; k += 2)
        {
            power *= square;
            sum = sum.Plus(1.0 / k, power);
        }
        sum = sum.Scale(2 * Math.Pow(2, roots));
        // The diagonal is known directly.
        for (int i = 0; i < t.Rows; i++)
            sum[i, i] = Complex.Log(t[i, i]);
        return sum;
    }
}
