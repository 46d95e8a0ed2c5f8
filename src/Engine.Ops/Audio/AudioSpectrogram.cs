using Engine.OpModel;
using Engine.Ops.Fourier;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Audio;

/// <summary>The spectrogram of sound, channel by channel: magnitudes, or their squares, of the spectra of windows under Hann's curve. Computed in 64 bits.</summary>
[Op("AudioSpectrogram")]
internal sealed class AudioSpectrogram : IOp
{
    private const int LongestWindow = 1 << 24;

    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0, 2);
        var (window, stride) = Attributes(c.Attr("window_size").AsInt(), c.Attr("stride").AsInt(), c.Fail);
        c.SetOutput(0, [input[1], input[0] < 0 ? -1 : Slices(input[0], window, stride), SpectrumLength(window)]);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (window, stride) = Attributes(node.Int("window_size"), node.Int("stride"), node.Fail);
        return window <= LongestWindow
            ? new SpectrogramKernel((int)window, stride, node.Bool("magnitude_squared"))
            : throw node.Fail($"A window of {window} samples is too large");
    }

    private static (long Window, long Stride) Attributes(long window, long stride, Func<string, EngineException> fail)
    {
        if (window < 2)
            throw fail($"window size must be > 1, got {window}");
        return stride >= 1 ? (window, stride) : throw fail($"stride must be strictly positive, got {stride}");
    }

    private static long Slices(long samples, long window, long stride) => samples < window ? 0 : 1 + (samples - window) / stride;

    private static long SpectrumLength(long window) => (long)(System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)window) / 2) + 1;

    private sealed unsafe class SpectrogramKernel(int window, long stride, bool isSquared) : Kernel
    {
        private readonly double[] curve = [.. Enumerable.Range(0, window).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / window))];
        private readonly RowTransform<double> transform = new(RowForm.RealForward, 2 * (int)(SpectrumLength(window) - 1));

        public override void Compute(KernelContext context)
        {
            var input = context.Input(0);
            if (input.Rank != 2)
                throw EngineException.InvalidArgument($"input must be 2-dimensional{input.Shape}");
            long channels = input.Shape[1], slices = Slices(input.Shape[0], window, stride), bins = SpectrumLength(window);
            var output = context.Allocate(0, channels, slices, bins);
            if (output.Count == 0)
                return;
            // A block of windows at a time.
            var block = Math.Clamp((1L << 20) / transform.Length, 1, slices);
            using var windows = new Scratch<double>(block * transform.Length);
            using var spectra = new Scratch<double>(block * transform.OutputWidth);
            var target = output.Pointer<float>();
            for (long channel = 0; channel < channels; channel++)
            {
                for (long slice = 0; slice < slices; slice += block)
                {
                    var count = Math.Min(block, slices - slice);
                    Cut(input.Pointer<float>() + slice * stride * channels + channel, channels, count, windows.Pointer);
                    transform.Run(context.Workers, windows.Pointer, transform.Length, spectra.Pointer, transform.OutputWidth, count);
                    for (long i = 0; i < count * bins; i++, target++)
                    {
                        var (re, im) = (spectra.Pointer[2 * i], spectra.Pointer[2 * i + 1]);
                        var square = (float)(re * re + im * im);
                        *target = isSquared ? square : MathF.Sqrt(square);
                    }
                }
            }
        }

        private void Cut(float* samples, long channels, long count, double* windows)
        {
            for (long slice = 0; slice < count; slice++, windows += transform.Length)
            {
                var from = samples + slice * stride * channels;
                for (var i = 0; i < window; i++)
                    windows[i] = from[i * channels] * curve[i];
                new Span<double>(windows + window, transform.Length - window).Clear();
            }
        }
    }
}
