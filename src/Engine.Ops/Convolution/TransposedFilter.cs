using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>
/// The filter of a transposed convolution, packed for <see cref="TransposedConvolution"/>. Results whose place, counted from where the padding begins, has the
/// same remainder by the stride meet the same taps. Block q of a stride's length of results sees the images' pixels q, q - 1, and so on: the results of a block are
/// channels of one convolution of stride 1, in which remainders with fewer taps than others have zeros. A part is such a convolution, for some of the remainders.
/// </summary>
internal sealed unsafe class TransposedFilter
{
    /// <summary>Packs the filter [taps, channels of the result, channels of the images] for a geometry that suits, whatever its images' sizes.</summary>
    /// <param name="g">The geometry.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="exact">Whether no tap may be added, not even one of zero: for images with infinities.</param>
    public TransposedFilter(ConvolutionGeometry g, float* filter, bool exact = false)
    {
        (TapsY, TapsX) = (CountTaps(g.Height, 0), CountTaps(g.Width, 0));
        long strideY = g.Height.Stride, strideX = g.Width.Stride;
        (bool joinsY, bool joinsX) = exact ? (false, false) : Joins(g);
        HasZeros = (joinsY && g.Height.Filter % strideY != 0) || (joinsX && g.Width.Filter % strideX != 0);
        var parts = new List<Part>();
        var panels = new List<Panel>();
        for (long y = 0; y < (joinsY ? 1 : strideY); y++)
        {
            for (long x = 0; x < (joinsX ? 1 : strideX); x++)
            {
                Part part = Pack(g, filter, y, joinsY ? strideY : 1, x, joinsX ? strideX : 1);
                parts.Add(part);
                foreach ((int start, int vectors) in part.Filter.Panels)
                    panels.Add(new Panel(part, start, vectors, Padded + start));
                Padded += part.Filter.Padded;
                Weights += part.Filter.Depth * part.Filter.Padded;
            }
        }

        Parts = [.. parts];
        Panels = [.. panels];
    }

    /// <summary>Which parts there are.</summary>
    public Part[] Parts { get; }

    /// <summary>The panels of all parts.</summary>
    public Panel[] Panels { get; }

    /// <summary>Whether there are taps of zero, with which an infinity gives NaN where there is none.</summary>
    public bool HasZeros { get; }

    /// <summary>Columns of all parts, padded to whole vectors.</summary>
    public long Padded { get; }

    /// <summary>Numbers in all panels.</summary>
    public long Weights { get; }

    /// <summary>Most lines of the images that a part sees.</summary>
    public long TapsY { get; }

    /// <summary>Most adjacent pixels of a line that a part sees.</summary>
    public long TapsX { get; }

    /// <summary>Whether this knows a geometry.</summary>
    public static bool Suits(ConvolutionGeometry g)
        => g.Groups == 1 && g.Depth == WindowDimension.Single && g.Height.Dilation == 1 && g.Width.Dilation == 1 && g.Height.Stride <= MaximumStride / g.Width.Stride;

    // There are as many parts as remainders.
    private const long MaximumStride = 64;

    private const double CostOfStrides = 1.05;

    private const double CostOfOneVector = 1.2;

    /// <summary>Whether a part has all remainders of lines, and of columns. Apart they are least work, columns side by side fill vectors better, all of a block serve few channels.</summary>
    private static (bool Y, bool X) Joins(ConvolutionGeometry g)
    {
        double apart = 0, lines = 0;
        for (long y = 0; y < g.Height.Stride; y++)
        {
            lines += CountTaps(g.Height, y) * Cost(CountTaps(g.Width, 0), g.Width.Stride * g.InputChannels);
            for (long x = 0; x < g.Width.Stride; x++)
                apart += CountTaps(g.Height, y) * Cost(CountTaps(g.Width, x), g.InputChannels) * CostOfStrides;
        }

        double whole = CountTaps(g.Height, 0) * Cost(CountTaps(g.Width, 0), g.Height.Stride * g.Width.Stride * g.InputChannels);
        bool joinsX = Math.Min(lines, whole) <= apart;
        return (joinsX && whole < lines, joinsX);
    }

    private static double Cost(long taps, long columns)
    {
        long vectors = (columns + FloatWidth.Count - 1) / FloatWidth.Count;
        return taps * vectors * (vectors == 1 ? CostOfOneVector : 1);
    }

    private static long CountTaps(in WindowDimension d, long remainder) => remainder < d.Filter ? ((d.Filter - 1 - remainder) / d.Stride) + 1 : 0;

    private static Part Pack(ConvolutionGeometry g, float* filter, long firstY, long countY, long firstX, long countX)
    {
        long tapsY = CountTaps(g.Height, firstY), tapsX = CountTaps(g.Width, firstX), channels = g.InputChannels, depth = g.OutputChannels;
        long columns = countY * countX * channels;
        using var weights = new Scratch<float>(tapsY * tapsX * depth * columns);
        new Span<float>(weights.Pointer, checked((int)(tapsY * tapsX * depth * columns))).Clear();
        for (long row = 0; row < tapsY * tapsX; row++)
        {
            long lineTap = (tapsY - 1 - (row / tapsX)) * g.Height.Stride, columnTap = (tapsX - 1 - (row % tapsX)) * g.Width.Stride;
            for (long y = firstY; y < firstY + countY; y++)
            {
                for (long x = firstX; x < firstX + countX; x++)
                {
                    long tapY = lineTap + y, tapX = columnTap + x;
                    if (tapY >= g.Height.Filter || tapX >= g.Width.Filter)
                        continue;
                    float* from = filter + (((tapY * g.Width.Filter) + tapX) * channels * depth);
                    float* to = weights.Pointer + (row * depth * columns) + ((((y - firstY) * countX) + x - firstX) * channels);
                    for (long d = 0; d < depth; d++, to += columns)
                    {
                        for (long c = 0; c < channels; c++)
                            to[c] = from[(c * depth) + d];
                    }
                }
            }
        }

        return new Part(firstY, countY, firstX, countX, tapsY, tapsX, new FilterPanels(weights.Pointer, 1, tapsY * tapsX * depth, columns));
    }

    /// <summary>A convolution of stride 1 whose channels are results of some remainders, by line, column and channel.</summary>
    /// <param name="FirstY">The first remainder of lines.</param>
    /// <param name="CountY">Remainders of lines.</param>
    /// <param name="FirstX">The first remainder of columns.</param>
    /// <param name="CountX">Remainders of columns.</param>
    /// <param name="TapsY">Lines of the images that it sees.</param>
    /// <param name="TapsX">Adjacent pixels of a line that it sees.</param>
    /// <param name="Filter">Its filter.</param>
    internal sealed record Part(long FirstY, long CountY, long FirstX, long CountX, long TapsY, long TapsX, FilterPanels Filter);

    /// <summary>A panel of a part's filter.</summary>
    /// <param name="Part">The part.</param>
    /// <param name="Start">The first column.</param>
    /// <param name="Vectors">Vectors of columns.</param>
    /// <param name="Place">The first column, counted over all parts.</param>
    internal readonly record struct Panel(Part Part, int Start, int Vectors, long Place);
}
