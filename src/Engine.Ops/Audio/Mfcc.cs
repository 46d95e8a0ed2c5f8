using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Audio;

/// <summary>Mel-frequency cepstral coefficients of a spectrogram of squared magnitudes: the cosine transform of the logarithms of <see cref="MelFilters"/>.</summary>
[Op("Mfcc")]
internal sealed class Mfcc : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var spectrogram = c.Input(0, 3);
        c.Input(1, 0);
        c.SetOutput(0, [spectrogram[0], spectrogram[1], c.Attr("dct_coefficient_count").AsInt()]);
    }

    public static Kernel CreateKernel(KernelBuilder node) => new MfccKernel(
        node.Float("upper_frequency_limit"), node.Float("lower_frequency_limit"), node.Int("filterbank_channel_count"), node.Int("dct_coefficient_count"));

    private sealed unsafe class MfccKernel(double upper, double lower, long filterCount, long coefficientCount) : Kernel
    {
        /// <summary>Filters times coefficients: a table of that size is made.</summary>
        private const long LargestTable = 1 << 24;

        private const double Floor = 1e-12;

        private MelFilters? filters;
        private double[]? cosines;

        public override void Compute(KernelContext context)
        {
            var input = context.Input(0);
            if (input.Rank != 3)
                throw EngineException.InvalidArgument($"spectrogram must be 3-dimensional{input.Shape}");
            if (context.Input(1).Rank != 0)
                throw EngineException.InvalidArgument($"Input sample_rate should be a scalar tensor, got {context.Input(1).Shape} instead.");
            var (bins, rate) = (input.Shape[2], IndexTensor.Scalar(context.Input(1), "sample_rate"));
            var mel = Prepare(bins, rate);
            var table = cosines!;
            var frames = input.Shape[0] * input.Shape[1];
            var output = context.Allocate(0, input.Shape[0], input.Shape[1], coefficientCount);
            var source = input.Pointer<float>();
            var target = output.Pointer<float>();
            var energies = new double[filterCount];
            for (long frame = 0; frame < frames; frame++, source += bins)
            {
                // Without filters in reach there is nothing to transform.
                var count = mel.Apply(new ReadOnlySpan<float>(source, checked((int)bins)), energies) ? energies.Length : 0;
                for (var j = 0; j < count; j++)
                    energies[j] = Math.Log(energies[j] < Floor ? Floor : energies[j]);
                for (long i = 0; i < coefficientCount; i++)
                {
                    double sum = 0;
                    for (var j = 0; j < count; j++)
                        sum += table[i * filterCount + j] * energies[j];
                    *target++ = (float)sum;
                }
            }
        }

        private MelFilters Prepare(long bins, long rate)
        {
            if (Volatile.Read(ref filters) is { } known && known.Bins == bins && known.SampleRate == rate)
                return known;
            if (rate <= 0 || bins < 2 || !(lower >= 0) || !(upper > lower) || filterCount < 1 || coefficientCount < 1 || coefficientCount > filterCount
                || filterCount > LargestTable / coefficientCount)
            {
                throw EngineException.InvalidArgument(
                    $"Mfcc initialization failed for channel count {bins}, sample rate {rate}, lower_frequency_limit {lower}, upper_frequency_limit {upper}, filterbank_channel_count {filterCount}, dct_coefficient_count {coefficientCount}");
            }
            if (cosines is null)
            {
                var table = new double[coefficientCount * filterCount];
                for (long i = 0; i < coefficientCount; i++)
                {
                    for (long j = 0; j < filterCount; j++)
                        table[i * filterCount + j] = Math.Sqrt(2.0 / filterCount) * Math.Cos(i * (Math.PI / filterCount) * (j + 0.5));
                }
                Volatile.Write(ref cosines, table);
            }
            var made = new MelFilters((int)bins, rate, (int)filterCount, lower, upper);
            Volatile.Write(ref filters, made);
            return made;
        }
    }
}
