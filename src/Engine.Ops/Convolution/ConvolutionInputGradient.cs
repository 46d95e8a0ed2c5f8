using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// The gradient of a convolution's input. Input pixels whose place has the same remainder by the stride meet the same taps: for each of
/// these phases it is a convolution of stride 1 of the output's gradient, so nothing is multiplied by the zeros between strided pixels.
/// </summary>
internal static unsafe class ConvolutionInputGradient
{
    /// <summary>Computes the gradient of the input from those of the output; nothing is checked.</summary>
    public static void Compute<T>(ConvolutionGeometry g, T* filter, T* outputGradient, T* inputGradient, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        for (long z = 0; z < Math.Min(g.Depth.Stride, g.Depth.Input); z++)
        {
            Phase phaseZ = new(g.Depth, z);
            for (long y = 0; y < Math.Min(g.Height.Stride, g.Height.Input); y++)
            {
                Phase phaseY = new(g.Height, y);
                for (long x = 0; x < Math.Min(g.Width.Stride, g.Width.Input); x++)
                {
                    Phase phaseX = new(g.Width, x);
                    if (phaseZ.Pixels > 0 && phaseY.Pixels > 0 && phaseX.Pixels > 0)
                        ComputePhase(g, phaseZ, phaseY, phaseX, filter, outputGradient, inputGradient, team);
                }
            }
        }
    }

    private static void ComputePhase<T>(
        ConvolutionGeometry g, Phase z, Phase y, Phase x, T* filter, T* outputGradient, T* inputGradient, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        var grid = new Triple(z.Pixels, y.Pixels, x.Pixels);
        long pixels = g.Batch * grid.Product;
        int taps = z.Taps.Length * y.Taps.Length * x.Taps.Length;
        long depth = taps * g.GroupOutputChannels;
        bool whole = g.Depth.Stride == 1 && g.Height.Stride == 1 && g.Width.Stride == 1;
        using var weights = new Scratch<T>(depth * g.GroupInputChannels);
        using var rows = new Scratch<T>(whole ? 0 : pixels * g.GroupInputChannels);
        for (long group = 0; group < g.Groups; group++)
        {
            Triple[] runs = GatherTaps(g, z, y, x, filter + (group * g.GroupOutputChannels), weights.Pointer);
            var patches = new PatchGrid<T>(
                outputGradient + (group * g.GroupOutputChannels),
                new Triple(g.Depth.Output, g.Height.Output, g.Width.Output),
                g.OutputChannels,
                g.GroupOutputChannels,
                grid,
                new Triple(1, 1, 1),
                runs,
                1);
            MatrixProduct.MultiplyPanels(
                new PatchPanels<T>(patches),
                pixels,
                g.GroupInputChannels,
                depth,
                new MatrixView<T>(weights.Pointer, g.GroupInputChannels, 1),
                whole ? inputGradient + (group * g.GroupInputChannels) : rows.Pointer,
                whole ? g.InputChannels : g.GroupInputChannels,
                false,
                team);
            if (!whole)
                Scatter(g, z, y, x, rows.Pointer, inputGradient + (group * g.GroupInputChannels));
        }
    }

    /// <summary>Writes the taps of a phase as a matrix [taps * output channels, input channels]; returns where they point.</summary>
    private static Triple[] GatherTaps<T>(ConvolutionGeometry g, Phase z, Phase y, Phase x, T* filter, T* weights)
        where T : unmanaged
    {
        var runs = new Triple[z.Taps.Length * y.Taps.Length * x.Taps.Length];
        int run = 0;
        foreach (long tapZ in z.Taps)
        {
            foreach (long tapY in y.Taps)
            {
                foreach (long tapX in x.Taps)
                {
                    runs[run++] = new Triple(z.Offset(tapZ), y.Offset(tapY), x.Offset(tapX));
                    long tap = (((tapZ * g.Height.Filter) + tapY) * g.Width.Filter) + tapX;
                    T* from = filter + (tap * g.GroupInputChannels * g.OutputChannels);
                    Transposition.Copy(from, g.GroupInputChannels, g.GroupOutputChannels, g.OutputChannels, weights);
                    weights += g.GroupOutputChannels * g.GroupInputChannels;
                }
            }
        }

        return runs;
    }

    private static void Scatter<T>(ConvolutionGeometry g, Phase z, Phase y, Phase x, T* rows, T* target)
        where T : unmanaged
    {
        int channels = checked((int)g.GroupInputChannels);
        for (long image = 0; image < g.Batch; image++)
        {
            for (long i = 0; i < z.Pixels; i++)
            {
                for (long j = 0; j < y.Pixels; j++)
                {
                    long line = (((image * g.Depth.Input) + z.Pixel(i)) * g.Height.Input) + y.Pixel(j);
                    for (long k = 0; k < x.Pixels; k++)
                    {
                        T* to = target + (((line * g.Width.Input) + x.Pixel(k)) * g.InputChannels);
                        new ReadOnlySpan<T>(rows, channels).CopyTo(new Span<T>(to, channels));
                        rows += channels;
                    }
                }
            }
        }
    }

    /// <summary>The input pixels of one remainder along one dimension, and the taps that reach them.</summary>
    private readonly struct Phase
    {
        private readonly WindowDimension _dimension;
        private readonly long _remainder;

        public Phase(WindowDimension dimension, long remainder)
        {
            _dimension = dimension;
            _remainder = remainder;
            Pixels = (dimension.Input - remainder + dimension.Stride - 1) / dimension.Stride;
            var taps = new List<long>();
            for (long tap = 0; tap < dimension.Filter; tap++)
            {
                if ((remainder + dimension.Before - (tap * dimension.Dilation)) % dimension.Stride == 0)
                    taps.Add(tap);
            }

            Taps = [.. taps];
        }

        public long Pixels { get; }

        public long[] Taps { get; }

        public long Pixel(long index) => (index * _dimension.Stride) + _remainder;

        /// <summary>Output position that the tap connects to pixel 0 of the phase.</summary>
        public long Offset(long tap) => (_remainder + _dimension.Before - (tap * _dimension.Dilation)) / _dimension.Stride;
    }
}
