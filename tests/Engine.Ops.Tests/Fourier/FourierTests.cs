using System.Numerics;
using Engine.Ops.Fourier;
using Engine.Runtime;

namespace Engine.Ops.Tests.Fourier;

public sealed unsafe class FourierTests
{
    /// <summary>Small lengths, primes, lengths of frames, and lengths that are transformed line by line or as a convolution.</summary>
    private static readonly int[] s_lengths = [.. Enumerable.Range(1, 64), 97, 127, 128, 210, 256, 343, 480, 509, 512, 961, 1000, 1009, 1024, 1250, 2018, 4096, 4998, 8192, 10000, 10007, 16384];

    [Fact]
    public void FloatsAgreeWithTheDefinition() => Check<float>(4e-7);

    [Fact]
    public void DoublesAgreeWithTheDefinition() => Check<double>(2e-14);

    [Fact]
    public void ColumnsAgreeWithTheDefinition()
    {
        foreach (int length in (int[])[1, 2, 6, 64, 97, 210, 512, 9000])
        {
            foreach (int inner in (int[])[1, 5, 20])
            {
                Columns<float>(length, inner, 4e-7);
                Columns<double>(length, inner, 2e-14);
            }
        }
    }

    private static void Check<T>(double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var team = new WorkerTeam(2);
        foreach (int length in s_lengths)
        {
            foreach (int rows in length > 4000 ? (int[])[1, 3] : [1, 5, 35])
            {
                foreach (RowForm form in Enum.GetValues<RowForm>())
                    Rows<T>(team, form, length, rows, tolerance);
            }
        }
    }

    private static void Rows<T>(WorkerTeam team, RowForm form, int length, int rows, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(length);
        var transform = new RowTransform<T>(form, length);
        // Longer rows than are read, as when the input is cut.
        int stride = transform.InputWidth + 3;
        T[] source = [.. Enumerable.Range(0, rows * stride).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))], target = new T[rows * transform.OutputWidth];
        fixed (T* from = source, to = target)
            transform.Run(team, from, stride, to, transform.OutputWidth, rows);

        Complex[] roots = RootsOf(length);
        for (int row = 0; row < rows; row += Math.Max(1, rows - 1))
        {
            Complex[] line = Line(source.AsSpan(row * stride, transform.InputWidth), form, length);
            ReadOnlySpan<T> actual = target.AsSpan(row * transform.OutputWidth, transform.OutputWidth);
            int outputs = form == RowForm.RealForward ? length / 2 + 1 : length;
            for (int k = 0; k < outputs; k += 1 + outputs / 50)
            {
                Complex expected = Definition(line, roots, k, transform.IsInverse);
                Complex found = form == RowForm.RealInverse ? new(double.CreateTruncating(actual[k]), 0) : At(actual, k);
                double limit = tolerance * Math.Sqrt(length) * (transform.IsInverse ? 1.0 / length : 1);
                Assert.True((found - expected).Magnitude <= limit, $"{form} {length}, row {row} of {rows}, {k}: {found}, not {expected}");
            }
        }
    }

    private static void Columns<T>(int length, int inner, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var team = new WorkerTeam(2);
        var random = new Random(length);
        T[] source = [.. Enumerable.Range(0, 2 * 2 * length * inner).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))], target = [.. source];
        fixed (T* values = target)
            new ColumnTransform<T>(length, inverse: false).Run(team, values, 2, inner);
        Complex[] roots = RootsOf(length);
        for (int column = 0; column < 2 * inner; column++)
        {
            int first = column / inner * length * inner + column % inner;
            Complex[] line = [.. Enumerable.Range(0, length).Select(i => At<T>(source, first + i * inner))];
            for (int k = 0; k < length; k += 1 + length / 10)
                Assert.True((At<T>(target, first + k * inner) - Definition(line, roots, k, false)).Magnitude <= tolerance * Math.Sqrt(length), $"{length}, column {column} of {inner}, {k}");
        }
    }

    /// <summary>What a row stands for: the other half of a real line's spectrum is symmetric.</summary>
    private static Complex[] Line<T>(ReadOnlySpan<T> row, RowForm form, int length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var line = new Complex[length];
        for (int i = 0; i < length; i++)
        {
            line[i] = form switch
            {
                RowForm.RealForward => double.CreateTruncating(row[i]),
                RowForm.RealInverse when i == 0 || 2 * i == length => double.CreateTruncating(row[2 * i]),
                RowForm.RealInverse when 2 * i > length => Complex.Conjugate(line[length - i]),
                _ => At(row, i),
            };
        }
        return line;
    }

    private static Complex[] RootsOf(int length) => [.. Enumerable.Range(0, length).Select(i => Complex.FromPolarCoordinates(1, -2 * Math.PI * i / length))];

    private static Complex Definition(Complex[] line, Complex[] roots, int k, bool inverse)
    {
        Complex sum = 0;
        for (int i = 0; i < line.Length; i++)
        {
            Complex root = roots[(long)i * k % line.Length];
            sum += line[i] * (inverse ? Complex.Conjugate(root) : root);
        }
        return inverse ? sum / line.Length : sum;
    }

    private static Complex At<T>(ReadOnlySpan<T> values, int index) where T : unmanaged, IFloatingPointIeee754<T>
        => new(double.CreateTruncating(values[2 * index]), double.CreateTruncating(values[2 * index + 1]));
}
