using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>Products of matrices, norms, inverses.</summary>
internal static class LinearAlgebra
{
    internal static void AddTo(FunctionTable table)
    {
        table.Add("matmul", "x1 x2", a => MatMul(a.Array("x1"), a.Array("x2")));
        table.Add("dot", "a b", a => Dot(a.Array("a"), a.Array("b")));
        table.Add("inner", "a b", a => Inner(a.Array("a"), a.Array("b")));
        table.Add("vdot", "a b", a => Dot(Elementwise.Call("conjugate", Joining.Flat(a.Array("a"))), Joining.Flat(a.Array("b"))));
        table.Add("outer", "a b", a => Elementwise.Call("multiply", a.Array("a").Reshape(a.Array("a").Count, 1), Joining.Flat(a.Array("b"))));
        table.Add("kron", "a b", a => Kronecker(a.Array("a"), a.Array("b")));
        table.Add("trace", "a", a => Reductions.Sum(Casting.To((NdArray)NumpyModule.Root.Call("diagonal", a.Array("a"))!, Wide(a.Array("a").Type)), null));
        table.Add("cross", "a b", a => Cross(a.Array("a"), a.Array("b")));
        table.Add("convolve", "a v mode", Convolve);
    }

    /// <summary>The functions of <c>np.linalg</c>.</summary>
    internal static FunctionTable Create()
    {
        var table = new FunctionTable();
        table.Add("norm", "x ord axis keepdims", Norm);
        table.Add("inv", "a", a => Inverse(a.Array("a")));
        table.Add("det", "a", a => Determinant(a.Array("a")));
        table.Add("matrix_power", "a n", a => Enumerable.Range(0, (int)Math.Clamp(a.Integer("n"), 0, 1000)).Aggregate((NdArray)NumpyModule.Root.Call("identity", new BigInteger(a.Array("a").Shape[0]))!, (x, _) => MatMul(x, a.Array("a"))));
        return table;
    }

    internal static NdArray MatMul(NdArray x, NdArray y)
    {
        if (x.Rank == 0 || y.Rank == 0)
            throw PythonException.Value("matmul: Input operand does not have enough dimensions");
        var (a, b) = (x.Rank == 1 ? x.Reshape(1, x.Count) : x, y.Rank == 1 ? y.Reshape(y.Count, 1) : y);
        var (rows, depth, columns) = (a.Shape[^2], a.Shape[^1], b.Shape[^1]);
        if (b.Shape[^2] != depth)
            throw PythonException.Value($"matmul: Input operand 1 has a mismatch in its core dimension 0 (size {b.Shape[^2]} is different from {depth})");
        var batch = Broadcasting.Common(a.Shape[..^2], b.Shape[..^2]);
        var (p, q) = (Broadcasting.Places(a.Shape[..^2], batch), Broadcasting.Places(b.Shape[..^2], batch));
        var type = Promotion.Common(a.Type, b.Type);
        long[] shape = [.. batch, rows, columns];
        var data = NdArray.Storage(type, NdArray.CountOf(shape));
        NdArray.CountOf([Math.Max(1, data.LongLength), Math.Max(1, depth)]);
        var (u, v) = (Casting.To(a, type), Casting.To(b, type));
        for (var i = 0L; i < data.LongLength; i++)
        {
            var (matrix, row, column) = (i / (rows * columns), i / columns % rows, i % columns);
            var (from, to) = (p[matrix] * rows * depth + row * depth, q[matrix] * depth * columns + column);
            switch (data)
            {
                case long[] result:
                    for (var k = 0L; k < depth; k++)
                        result[i] = unchecked(result[i] + u.Integers[from + k] * v.Integers[to + k * columns]);
                    result[i] = Casting.Wrap(result[i], type.Type);
                    break;
                case double[] result:
                    for (var k = 0L; k < depth; k++)
                        result[i] += u.Floats[from + k] * v.Floats[to + k * columns];
                    result[i] = Casting.Round(result[i], type.Type);
                    break;
                case Complex[] result:
                    for (var k = 0L; k < depth; k++)
                        result[i] += u.Complexes[from + k] * v.Complexes[to + k * columns];
                    result[i] = Casting.Round(result[i], type.Type);
                    break;
                default:
                    throw PythonException.WrongType("matmul takes numbers");
            }
        }
        return NdArray.Of(type, [.. batch, .. x.Rank == 1 ? (long[])[] : [rows], .. y.Rank == 1 ? (long[])[] : [columns]], data);
    }

    internal static NdArray Dot(NdArray a, NdArray b)
    {
        if (a.Rank == 0 || b.Rank == 0)
            return Elementwise.Call("multiply", a, b);
        if (b.Rank <= 2)
            return MatMul(a.Rank > 2 ? a : a, b);
        int[] order = [b.Rank - 2, .. Enumerable.Range(0, b.Rank - 2), b.Rank - 1];
        var moved = Reordering.Transpose(b, order);
        var product = MatMul(a.Reshape(a.Count / a.Shape[^1], a.Shape[^1]), moved.Reshape(moved.Shape[0], moved.Count / moved.Shape[0]));
        return product.Reshape([.. a.Shape[..^1], .. moved.Shape[1..]]);
    }

    private static NdArray Inner(NdArray a, NdArray b)
    {
        if (a.Rank == 0 || b.Rank == 0)
            return Elementwise.Call("multiply", a, b);
        int[] order = [.. Enumerable.Range(0, b.Rank - 2 < 0 ? 0 : b.Rank - 2), .. b.Rank > 1 ? (int[])[b.Rank - 1, b.Rank - 2] : [0]];
        return Dot(a, Reordering.Transpose(b, order));
    }

    private static NumpyType Wide(NumpyType type) => type.Kind is 'b' or 'i' ? NumpyType.Int64 : type;

    private static NdArray Kronecker(NdArray a, NdArray b)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        long[] x = [.. Enumerable.Repeat(1L, rank - a.Rank), .. a.Shape], y = [.. Enumerable.Repeat(1L, rank - b.Rank), .. b.Shape];
        var product = Elementwise.Call("multiply", a.Reshape([.. x.SelectMany(d => new[] { d, 1L })]), b.Reshape([.. y.SelectMany(d => new[] { 1L, d })]));
        return product.Reshape([.. x.Zip(y, (m, n) => m * n)]);
    }

    private static NdArray Cross(NdArray a, NdArray b)
    {
        if (a.Rank == 0 || b.Rank == 0 || a.Shape[^1] != 3 || b.Shape[^1] != 3)
            throw PythonException.Value("incompatible dimensions for cross product: 3 are needed");
        NdArray Part(NdArray x, int i) => Joining.Part(x, x.Rank - 1, i, i + 1);
        NdArray Minor(int i, int j) => Elementwise.Call("subtract", Elementwise.Call("multiply", Part(a, i), Part(b, j)), Elementwise.Call("multiply", Part(a, j), Part(b, i)));
        return Joining.Concatenate([Minor(1, 2), Minor(2, 0), Minor(0, 1)], -1);
    }

    private static NdArray Convolve(Arguments arguments)
    {
        var (a, v) = (arguments.Array("a"), arguments.Array("v"));
        if (a.Rank != 1 || v.Rank != 1 || a.Count == 0 || v.Count == 0)
            throw PythonException.Value("convolve takes vectors that are not empty");
        if (v.Count > a.Count)
            (a, v) = (v, a);
        var type = Promotion.Common(a.Type, v.Type);
        var (x, y) = (Casting.To(a, NumpyType.Float64).Floats, Casting.To(v, NumpyType.Float64).Floats);
        var full = new double[x.Length + y.Length - 1];
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < y.Length; j++)
                full[i + j] += x[i] * y[j];
        }
        var (skip, count) = (arguments["mode"] as string) switch
        {
            "same" => ((y.Length - 1) / 2, x.Length),
            "valid" => (y.Length - 1, x.Length - y.Length + 1),
            _ => (0, full.Length),
        };
        return Casting.To(NdArray.Of(NumpyType.Float64, [count], full[skip..(skip + count)]), type);
    }

    private static NdArray Norm(Arguments a)
    {
        var x = Elementwise.Call("absolute", a.Array("x"));
        x = Casting.To(x, Elementwise.FloatType(x.Type));
        var axes = a.Axes("axis", x.Rank);
        var keep = a.Switch("keepdims");
        var isMatrix = axes is null ? x.Rank == 2 : axes.Length == 2;
        if (a["ord"] is null || (a["ord"] is string && (string)a["ord"]! == "fro"))
            return Elementwise.Call("sqrt", Reductions.Sum(Elementwise.Call("square", x), axes, keep));
        var order = Casting.ToDouble(a["ord"]);
        if (isMatrix)
            throw PythonException.Value("norms of matrices other than the usual one are not computed here");
        if (double.IsInfinity(order))
            return (NdArray)NumpyModule.Root.Call(order > 0 ? "max" : "min", x, axes is null ? null : new PythonTuple([.. axes.Select(d => (object?)new BigInteger(d))]))!;
        if (order == 0)
            return Reductions.Sum(Casting.To(Elementwise.Call("not_equal", x, NdArray.Scalar(0.0)), x.Type), axes, keep);
        var sum = Reductions.Sum(Elementwise.Call("power", x, NdArray.Scalar(order)), axes, keep);
        return Elementwise.Call("power", sum, NdArray.Scalar(1 / order));
    }

    private static NdArray Inverse(NdArray array)
    {
        if (array.Rank != 2 || array.Shape[0] != array.Shape[1])
            throw new PythonException("numpy.linalg.LinAlgError", "Last 2 dimensions of the array must be square");
        var n = (int)array.Shape[0];
        var type = array.Type == NumpyType.Float32 ? array.Type : NumpyType.Float64;
        var (m, _) = Eliminate(Casting.To(array, NumpyType.Float64).Floats, n, n);
        return Casting.To(NdArray.Of(NumpyType.Float64, [n, n], m ?? throw new PythonException("numpy.linalg.LinAlgError", "Singular matrix")), type);
    }

    private static NdArray Determinant(NdArray array)
    {
        if (array.Rank != 2 || array.Shape[0] != array.Shape[1])
            throw new PythonException("numpy.linalg.LinAlgError", "Last 2 dimensions of the array must be square");
        // numpy sums logarithms.
        return NdArray.Scalar(Eliminate(Casting.To(array, NumpyType.Float64).Floats, (int)array.Shape[0], 0).Determinant);
    }

    // Gauss and Jordan with pivots: the inverse (null if there is none) and the determinant.
    private static (double[]? Inverse, double Determinant) Eliminate(double[] matrix, int n, int right)
    {
        var m = (double[])matrix.Clone();
        var inverse = new double[n * right];
        for (var i = 0; i < Math.Min(n, right); i++)
            inverse[i * right + i] = 1;
        var (sign, logarithm) = (1, 0.0);
        for (var c = 0; c < n; c++)
        {
            var pivot = Enumerable.Range(c, n - c).MaxBy(r => Math.Abs(m[r * n + c]));
            if (m[pivot * n + c] == 0)
                return (null, 0);
            if (pivot != c)
            {
                sign = -sign;
                for (var k = 0; k < n; k++)
                    (m[c * n + k], m[pivot * n + k]) = (m[pivot * n + k], m[c * n + k]);
                for (var k = 0; k < right; k++)
                    (inverse[c * right + k], inverse[pivot * right + k]) = (inverse[pivot * right + k], inverse[c * right + k]);
            }
            sign *= Math.Sign(m[c * n + c]);
            logarithm += Math.Log(Math.Abs(m[c * n + c]));
            for (var r = right > 0 ? 0 : c; r < n; r++)
            {
                var factor = m[r * n + c] / m[c * n + c];
                if (r == c || factor == 0)
                    continue;
                for (var k = 0; k < n; k++)
                    m[r * n + k] -= factor * m[c * n + k];
                for (var k = 0; k < right; k++)
                    inverse[r * right + k] -= factor * inverse[c * right + k];
            }
        }
        for (var i = 0; i < n * right; i++)
            inverse[i] /= m[i / right * n + i / right];
        return (inverse, sign * Math.Exp(logarithm));
    }
}
