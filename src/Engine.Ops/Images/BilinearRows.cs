using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>
/// Lines of images resized by linear interpolation; a line of the output an item. Two input lines, each already as wide as the output, are kept: adjacent output lines
/// mostly lie between the same two.
/// </summary>
internal readonly unsafe struct BilinearRows<T> : IRangeBody
    where T : unmanaged, INumber<T>
{
    private readonly ResizeGeometry _geometry;
    private readonly Tensor _images;
    private readonly Taps _columns;
    private readonly Tensor _output;
    private readonly delegate*<float*, int*, float*, long, long, float*, void> _across;
    private readonly delegate*<float*, float*, float, long, float*, void> _between;

    public BilinearRows(in ResizeGeometry geometry, Tensor images, Tensor output)
    {
        _geometry = geometry;
        _images = images;
        _columns = BilinearTaps.Make(geometry, (int)images.Shape[2], (int)output.Shape[2]);
        _output = output;
        var loops = default(Loops);
        FloatWidth.Invoke(ref loops, FloatWidth.CountWithin(output.Shape[3]));
        _across = loops.Across;
        FloatWidth.Invoke(ref loops, FloatWidth.CountWithin(output.Shape[2] * output.Shape[3]));
        _between = loops.Between;
    }

    public void Invoke(long start, long end)
    {
        var (inputHeight, height, channels) = (_images.Shape[1], _output.Shape[1], _output.Shape[3]);
        var (from, to) = (_images.Shape[2] * channels, _columns.Length * channels);
        var scale = _geometry.Scale(inputHeight, height);
        using var lines = new Scratch<float>((2 * to) + (typeof(T) == typeof(float) ? 0 : from));
        float* a = lines.Pointer, b = lines.Pointer + to;
        var (lineOfA, lineOfB) = (-1L, -1L);
        fixed (int* indices = _columns.Indices)
        fixed (float* weights = _columns.Weights)
        {
            for (var r = start; r < end; r++)
            {
                var (lower, upper, fraction) = BilinearTaps.At(_geometry, r % height, scale, (int)inputHeight);
                var (above, below) = ((r / height * inputHeight) + lower, (r / height * inputHeight) + upper);
                if (lineOfB == above)
                {
                    var other = a;
                    a = b;
                    b = other;
                    (lineOfA, lineOfB) = (lineOfB, lineOfA);
                }

                if (lineOfA != above)
                    Across(lineOfA = above, indices, weights, a, lines.Pointer + (2 * to));
                if (above != below && lineOfB != below)
                    Across(lineOfB = below, indices, weights, b, lines.Pointer + (2 * to));
                _between(a, above == below ? a : b, fraction, to, _output.Pointer<float>() + (r * to));
            }
        }
    }

    private void Across(long line, int* indices, float* weights, float* to, float* wide)
    {
        var (channels, count) = (_output.Shape[3], _images.Shape[2] * _output.Shape[3]);
        var from = _images.Pointer<T>() + (line * count);
        if (typeof(T) == typeof(float))
        {
            _across((float*)from, indices, weights, _columns.Length, channels, to);
            return;
        }
        for (var i = 0L; i < count; i++)
            wide[i] = float.CreateTruncating(from[i]);
        _across(wide, indices, weights, _columns.Length, channels, to);
    }

    private struct Loops : IFloatAction
    {
        public delegate*<float*, int*, float*, long, long, float*, void> Across;
        public delegate*<float*, float*, float, long, float*, void> Between;

        public void Invoke<W, V>() where W : struct, IFloatLanes<V, float>
        {
            Across = &InterpolateAcross<W, V>;
            Between = &InterpolateBetween<W, V>;
        }
    }

    /// <summary>A line as wide as the output, each of whose pixels has at least a vector's channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterpolateAcross<W, V>(float* from, int* indices, float* weights, long pixels, long channels, float* to)
        where W : struct, IFloatLanes<V, float>
    {
        for (var x = 0L; x < pixels; x++, indices += 2, weights += 2, to += channels)
        {
            float* left = from + (indices[0] * channels), right = from + (indices[1] * channels);
            var fraction = W.Broadcast(weights[1]);
            for (var next = 0L; next < channels; next += W.Count)
            {
                var c = Math.Min(next, channels - W.Count);
                W.Store(Interpolate<W, V>(W.Load(ref left[c], 0), W.Load(ref right[c], 0), fraction), ref to[c], 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterpolateBetween<W, V>(float* above, float* below, float fraction, long count, float* to)
        where W : struct, IFloatLanes<V, float>
    {
        var down = W.Broadcast(fraction);
        for (var next = 0L; next < count; next += W.Count)
        {
            var i = Math.Min(next, count - W.Count);
            W.Store(Interpolate<W, V>(W.Load(ref above[i], 0), W.Load(ref below[i], 0), down), ref to[i], 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Interpolate<W, V>(V from, V to, V fraction) where W : struct, IFloatLanes<V, float>
        => W.Add(from, W.Mul(W.Sub(to, from), fraction));
}
