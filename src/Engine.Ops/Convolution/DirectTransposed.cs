using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// Transposed convolutions of floats: the gradient of a convolution's input, with bias, residual and activation. Pixels of the result whose place has the same
/// remainder by the stride meet the same taps: each such phase is a convolution of stride 1, whose results go to every so many pixels.
/// </summary>
internal sealed unsafe class DirectTransposed
{
    private readonly Phase[] _phases;

    private DirectTransposed(Phase[] phases) => _phases = phases;

    /// <summary>Packs the filter [taps, channels of the result, channels of the images] for a geometry; null for geometries that this does not know.</summary>
    public static DirectTransposed? Create(ConvolutionGeometry g, float* filter)
    {
        if (g.Groups != 1 || g.Depth != WindowDimension.Single)
            return null;
        var phases = new List<Phase>();
        for (long y = 0; y < Math.Min(g.Height.Stride, g.Height.Input); y++)
        {
            for (long x = 0; x < Math.Min(g.Width.Stride, g.Width.Input); x++)
            {
                if (Taps.Of(g.Height, y) is not { } rows || Taps.Of(g.Width, x) is not { } columns)
                    return null;
                long count = rows.Count * columns.Count, size = g.InputChannels * g.OutputChannels;
                using var weights = new Scratch<float>(count * size);
                float* to = weights.Pointer;
                for (long i = 0; i < rows.Count; i++)
                {
                    for (long j = 0; j < columns.Count; j++, to += size)
                        Transposition.Copy(filter + (((rows.At(i) * g.Width.Filter) + columns.At(j)) * size), g.InputChannels, g.OutputChannels, g.OutputChannels, to);
                }

                phases.Add(new Phase(y, x, rows, columns, new FilterPanels(weights.Pointer, 1, count * g.OutputChannels, g.InputChannels)));
            }
        }

        return new DirectTransposed([.. phases]);
    }

    /// <summary>result = end(transposed convolution).</summary>
    public void Compute(ConvolutionGeometry g, float* images, float* result, in TileEnd end, WorkerTeam? team)
    {
        foreach (Phase phase in _phases)
        {
            WindowDimension height = phase.Rows.Window(g.Height, phase.Y), width = phase.Columns.Window(g.Width, phase.X);
            if (height.Output == 0 || width.Output == 0)
                continue;
            var geometry = new ConvolutionGeometry(g.Batch, [height, width], g.OutputChannels, g.OutputChannels, g.InputChannels);
            long line = g.Width.Input * g.InputChannels;
            var grid = new OutputGrid(
                (phase.Y * line) + (phase.X * g.InputChannels),
                g.Height.Input * line,
                0,
                g.Height.Stride * line,
                g.Width.Stride * g.InputChannels);
            DirectConvolution.Forward(geometry, images, phase.Filter, result, end, grid, team);
        }
    }

    private sealed record Phase(long Y, long X, Taps Rows, Taps Columns, FilterPanels Filter);

    /// <summary>The taps of a phase along one dimension, by falling number: so they meet adjacent pixels, from <paramref name="FirstOffset"/> on.</summary>
    /// <param name="Last">The tap with the highest number.</param>
    /// <param name="Step">Distance of taps.</param>
    /// <param name="Count">Number of taps.</param>
    /// <param name="FirstOffset">The pixel that the first of them connects to pixel 0 of the phase.</param>
    private sealed record Taps(long Last, long Step, long Count, long FirstOffset)
    {
        public long At(long index) => Last - (index * Step);

        /// <summary>The window that these taps make; the paddings depend on sizes.</summary>
        public WindowDimension Window(WindowDimension d, long remainder)
            => WindowDimension.Sliding(d.Output, Count, -FirstOffset, (d.Input - remainder + d.Stride - 1) / d.Stride);

        /// <summary>Null where no tap reaches the phase, or taps are dilated to another grid than the stride's.</summary>
        public static Taps? Of(WindowDimension d, long remainder)
        {
            if (d.Dilation != 1)
                return null;
            long first = (remainder + d.Before) % d.Stride;
            if (first >= d.Filter)
                return null;
            long count = ((d.Filter - 1 - first) / d.Stride) + 1;
            long last = first + ((count - 1) * d.Stride);
            return new Taps(last, d.Stride, count, (remainder + d.Before - last) / d.Stride);
        }
    }
}
