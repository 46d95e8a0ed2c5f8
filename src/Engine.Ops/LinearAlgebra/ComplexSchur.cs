using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A square matrix as Q·T·Qᴴ with T upper triangular: reduced to Hessenberg form, then shifted QR steps.</summary>
internal sealed class ComplexSchur
{
    private const int MaxStepsPerValue = 60;

    /// <exception cref="EngineException">INVALID_ARGUMENT when the steps do not converge, as with NaN.</exception>
    internal ComplexSchur(Matrix<Complex> matrix)
    {
        T = matrix.Clone();
        Q = Matrix<Complex>.Identity(matrix.Rows, matrix.Rows);
        if (!double.IsFinite(matrix.ColumnNorm()))
            throw EngineException.InvalidArgument("Eigen decomposition was not successful. The input might not be valid.");
        Reduce();
        Iterate();
        for (int i = 1; i < T.Rows; i++)
            T.Row(i)[..i].Clear();
    }

    internal Matrix<Complex> T { get; }

    internal Matrix<Complex> Q { get; }

    private void Reduce()
    {
        int n = T.Rows;
        var v = new Complex[n];
        for (int k = 0; k < n - 2; k++)
        {
            double tail = 0;
            for (int i = k + 2; i < n; i++)
                tail += Field<Complex>.Norm(T[i, k]);
            if (tail == 0)
                continue;
            Complex head = T[k + 1, k];
            double length = Math.Sqrt(tail + Field<Complex>.Norm(head));
            Complex phase = head == 0 ? Complex.One : head / Complex.Abs(head);
            double norm = 0;
            for (int i = k + 1; i < n; i++)
            {
                v[i] = T[i, k] + (i == k + 1 ? phase * length : 0);
                norm += Field<Complex>.Norm(v[i]);
            }
            for (int j = 0; j < n; j++)
            {
                Complex dot = 0;
                for (int i = k + 1; i < n; i++)
                    dot += Complex.Conjugate(v[i]) * T[i, j];
                dot *= 2 / norm;
                for (int i = k + 1; i < n; i++)
                    T[i, j] -= v[i] * dot;
            }
            ReflectColumns(T, v, k + 1, norm);
            ReflectColumns(Q, v, k + 1, norm);
        }
    }

    private static void ReflectColumns(Matrix<Complex> m, Complex[] v, int first, double norm)
    {
        for (int i = 0; i < m.Rows; i++)
        {
            Complex dot = 0;
            for (int j = first; j < v.Length; j++)
                dot += m[i, j] * v[j];
            dot *= 2 / norm;
            for (int j = first; j < v.Length; j++)
                m[i, j] -= dot * Complex.Conjugate(v[j]);
        }
    }

    private void Iterate()
    {
        int high = T.Rows - 1, steps = 0;
        while (high > 0)
        {
            int low = high;
            while (low > 0 && !IsSmall(low))
                low--;
            if (low == high)
            {
                high--;
                steps = 0;
                continue;
            }
            if (++steps > MaxStepsPerValue)
                throw EngineException.InvalidArgument("Eigen decomposition was not successful. The input might not be valid.");
            // An exceptional shift now and then breaks cycles.
            Complex shift = steps % 10 == 0 ? Complex.Abs(T[high, high - 1]) + T[high, high] : Shift(high);
            Step(low, high, shift);
        }
    }

    private bool IsSmall(int i)
    {
        double scale = Complex.Abs(T[i, i]) + Complex.Abs(T[i - 1, i - 1]);
        if (Complex.Abs(T[i, i - 1]) > 1e-16 * scale && Complex.Abs(T[i, i - 1]) > 1e-300)
            return false;
        T[i, i - 1] = 0;
        return true;
    }

    /// <summary>The eigenvalue of the last 2×2 block that is nearer to its last element.</summary>
    private Complex Shift(int high)
    {
        Complex a = T[high - 1, high - 1], b = T[high - 1, high], c = T[high, high - 1], d = T[high, high];
        Complex half = (a - d) / 2, root = Complex.Sqrt(half * half + b * c);
        Complex below = Complex.Abs(half + root) >= Complex.Abs(half - root) ? half + root : half - root;
        return below == 0 ? d : d - b * c / below;
    }

    private void Step(int low, int high, Complex shift)
    {
        int n = T.Rows;
        for (int k = low; k < high; k++)
        {
            Complex x = k == low ? T[k, k] - shift : T[k, k - 1], y = k == low ? T[k + 1, k] : T[k + 1, k - 1];
            double length = Math.Sqrt(Field<Complex>.Norm(x) + Field<Complex>.Norm(y));
            if (length == 0)
                continue;
            Complex c = x / length, s = y / length;
            for (int j = Math.Max(0, k - 1); j < n; j++)
                (T[k, j], T[k + 1, j]) = (Complex.Conjugate(c) * T[k, j] + Complex.Conjugate(s) * T[k + 1, j], c * T[k + 1, j] - s * T[k, j]);
            for (int i = 0; i <= Math.Min(k + 2, high); i++)
                (T[i, k], T[i, k + 1]) = (T[i, k] * c + T[i, k + 1] * s, T[i, k + 1] * Complex.Conjugate(c) - T[i, k] * Complex.Conjugate(s));
            for (int i = 0; i < n; i++)
                (Q[i, k], Q[i, k + 1]) = (Q[i, k] * c + Q[i, k + 1] * s, Q[i, k + 1] * Complex.Conjugate(c) - Q[i, k] * Complex.Conjugate(s));
        }
    }
}
