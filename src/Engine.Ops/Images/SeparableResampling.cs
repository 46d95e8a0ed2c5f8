using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Images resampled by weighted sums along rows and columns, and the transpose of that, which is its gradient.</summary>
internal static class SeparableResampling
{
    /// <summary>Writes the sums of <paramref name="images"/> [batch, height, width, channels] into <paramref name="output"/>.</summary>
    public static void Forward<T>(KernelContext context, Tensor images, Taps rows, Taps columns, Tensor output) where T : unmanaged, INumberBase<T>
    {
        var body = new ForwardRows<T>(images, rows, columns, output);
        context.Workers.Run(output.Shape[0] * rows.Length, (images.Shape[2] * rows.Width + (output.Shape[2] * columns.Width)) * images.Shape[3], ref body);
    }

    /// <summary>Adds each gradient [batch, height, width, channels] to the inputs that its position was summed from.</summary>
    public static void Backward<T>(KernelContext context, Tensor gradients, Taps rows, Taps columns, Tensor output) where T : unmanaged, INumberBase<T>
    {
        var body = new BackwardImages<T>(gradients, rows, columns, output);
        context.Workers.Run(output.Shape[0], gradients.Shape.CountOf(1, 4) * (1 + columns.Width + rows.Width), ref body);
    }

    private readonly unsafe struct ForwardRows<T>(Tensor images, Taps rows, Taps columns, Tensor output) : IRangeBody where T : unmanaged, INumberBase<T>
    {
        public void Invoke(long start, long end)
        {
            var channels = (int)images.Shape[3];
            var row = images.Shape[2] * channels;
            using var scratch = new Scratch<float>(row);
            var sums = scratch.Pointer;
            for (var r = start; r < end; r++)
            {
                var (b, y) = (r / rows.Length, (int)(r % rows.Length));
                new Span<float>(sums, (int)row).Clear();
                for (var k = 0; k < rows.Counts[y]; k++)
                {
                    var weight = rows.Weights[(y * rows.Width) + k];
                    var from = images.Pointer<T>() + (((b * images.Shape[1]) + rows.Indices[(y * rows.Width) + k]) * row);
                    if (typeof(T) == typeof(float))
                    {
                        Add(weight, (float*)from, sums, row);
                        continue;
                    }
                    for (var i = 0L; i < row; i++)
                        sums[i] += weight * float.CreateTruncating(from[i]);
                }
                var to = output.Pointer<float>() + (r * columns.Length * channels);
                for (var x = 0; x < columns.Length; x++, to += channels)
                    Sum(sums, x * columns.Width, columns.Counts[x], to);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Add(float weight, float* from, float* sums, long count)
        {
            var i = 0L;
            for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
                Vector.Store(Vector.Load(sums + i) + (weight * Vector.Load(from + i)), sums + i);
            for (; i < count; i++)
                sums[i] += weight * from[i];
        }

        /// <summary>One pixel: a weighted sum of pixels of the line.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Sum(float* line, int first, int taps, float* to)
        {
            var channels = images.Shape[3];
            var weights = columns.Weights.AsSpan(first, taps);
            var indices = columns.Indices.AsSpan(first, taps);
            var c = 0L;
            for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
            {
                var sum = Vector<float>.Zero;
                for (var k = 0; k < weights.Length; k++)
                    sum += weights[k] * Vector.Load(line + (indices[k] * channels) + c);
                Vector.Store(sum, to + c);
            }
            for (; c < channels; c++)
            {
                var sum = 0f;
                for (var k = 0; k < weights.Length; k++)
                    sum += weights[k] * line[(indices[k] * channels) + c];
                to[c] = sum;
            }
        }
    }

    private readonly unsafe struct BackwardImages<T>(Tensor gradients, Taps rows, Taps columns, Tensor output) : IRangeBody where T : unmanaged, INumberBase<T>
    {
        public void Invoke(long start, long end)
        {
            var channels = (int)output.Shape[3];
            var row = output.Shape[2] * channels;
            var sums = new double[row];
            var image = new double[output.Shape[1] * row];
            for (var b = start; b < end; b++)
            {
                Array.Clear(image);
                for (var y = 0; y < rows.Length; y++)
                {
                    Array.Clear(sums);
                    var from = gradients.Pointer<float>() + (((b * rows.Length) + y) * columns.Length * channels);
                    for (var x = 0; x < columns.Length; x++, from += channels)
                    {
                        for (var k = x * columns.Width; k < (x * columns.Width) + columns.Counts[x]; k++)
                        {
                            double weight = columns.Weights[k];
                            var to = sums.AsSpan(columns.Indices[k] * channels, channels);
                            for (var c = 0; c < to.Length; c++)
                                to[c] += weight * from[c];
                        }
                    }
                    for (var k = y * rows.Width; k < (y * rows.Width) + rows.Counts[y]; k++)
                    {
                        double weight = rows.Weights[k];
                        var to = image.AsSpan((int)(rows.Indices[k] * row), sums.Length);
                        for (var i = 0; i < to.Length; i++)
                            to[i] += weight * sums[i];
                    }
                }
                var result = output.Pointer<T>() + (b * image.Length);
                for (var i = 0; i < image.Length; i++)
                    result[i] = T.CreateTruncating(image[i]);
            }
        }
    }
}
