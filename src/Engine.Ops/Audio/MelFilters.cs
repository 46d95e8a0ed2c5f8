namespace Engine.Ops.Audio;

/// <summary>
/// A bank of triangular filters of equal width on the mel scale of pitch, half of each overlapping its neighbours: a bin of the spectrum counts for the filter below it
/// with a weight, and for the one above it with the rest.
/// </summary>
internal sealed class MelFilters
{
    private readonly int first;
    private readonly int last;
    private readonly int[] below;
    private readonly double[] weights;

    internal MelFilters(int bins, long sampleRate, int filters, double lower, double upper)
    {
        (Bins, SampleRate) = (bins, sampleRate);
        double low = Mel(lower), spacing = (Mel(upper) - low) / (filters + 1), width = 0.5 * sampleRate / (bins - 1);
        // The constant part of the sound never counts.
        first = ToBin(1.5 + lower / width);
        last = ToBin(upper / width);
        below = new int[bins];
        weights = new double[bins];
        for (int bin = Math.Max(0, first), filter = 0; bin <= Math.Min(last, bins - 1); bin++)
        {
            var pitch = Mel(bin * width);
            while (filter < filters && Center(filter) < pitch)
                filter++;
            below[bin] = filter - 1;
            weights[bin] = filter > 0 ? (Center(filter) - pitch) / (Center(filter) - Center(filter - 1)) : (Center(0) - pitch) / (Center(0) - low);
        }

        double Center(int filter) => low + spacing * (filter + 1);
    }

    internal int Bins { get; }

    internal long SampleRate { get; }

    /// <summary>The energy in each filter.</summary>
    /// <param name="spectrum">Squared magnitudes.</param>
    /// <param name="energies">An element for each filter.</param>
    /// <returns>False when the filters reach beyond the spectrum.</returns>
    internal bool Apply(ReadOnlySpan<float> spectrum, Span<double> energies)
    {
        if (spectrum.Length <= last)
            return false;
        energies.Clear();
        for (var bin = first; bin <= last; bin++)
        {
            var (magnitude, filter) = (Math.Sqrt(spectrum[bin]), below[bin]);
            var weighted = magnitude * weights[bin];
            if (filter >= 0)
                energies[filter] += weighted;
            if (filter + 1 < energies.Length)
                energies[filter + 1] += magnitude - weighted;
        }
        return true;
    }

    private static double Mel(double frequency) => 1127 * double.LogP1(frequency / 700);

    private static int ToBin(double position) => (int)Math.Min(position, int.MaxValue / 2);
}
