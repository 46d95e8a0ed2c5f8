using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>
/// The filter of a convolution in the order in which <see cref="ConvolutionTile"/> reads it: for each group, panels of up to three vectors of
/// output channels, each from the first tap to the last, padded with zeros to whole vectors. Made once for weights.
/// </summary>
internal sealed unsafe class FilterPanels
{
    /// <summary>Most vectors of a panel.</summary>
    public const int MaximumVectors = 3;

    private readonly float[] _array;
    private readonly int _first;

    /// <summary>Packs the filter [depth, groups * columns].</summary>
    /// <param name="filter">The filter, its output channels adjacent.</param>
    /// <param name="groups">Groups of output channels.</param>
    /// <param name="depth">Taps times input channels of a group.</param>
    /// <param name="columns">Output channels of a group.</param>
    public FilterPanels(float* filter, long groups, long depth, long columns)
        : this(groups, depth, columns)
    {
        for (long group = 0; group < groups; group++)
        {
            float* to = Group(group);
            foreach ((int start, int vectors) in Panels)
            {
                int width = vectors * _lanes;
                int count = (int)Math.Min(width, columns - start);
                var matrix = new MatrixView<float>(filter + (group * columns), 1, groups * columns);
                PanelPacking.Pack(matrix, start, count, 0, depth, to + (start * depth), width);
            }
        }
    }

    /// <summary>Packs the filter [1, 1, input channels, output channels] of a pointwise convolution.</summary>
    public static FilterPanels Pointwise(Tensor filter) => new(filter.Pointer<float>(), 1, filter.Shape[2], filter.Shape[3]);

    private readonly int _lanes = FloatWidth.Count;

    private FilterPanels(long groups, long depth, long columns)
    {
        (Groups, Depth, Columns) = (groups, depth, columns);
        long vectors = (columns + _lanes - 1) / _lanes;
        Padded = vectors * _lanes;
        _array = GC.AllocateUninitializedArray<float>(checked((int)((groups * depth * Padded) + 16)), pinned: true);
        fixed (float* start = _array)
            _first = (int)((64 - ((nint)start & 63)) & 63) / sizeof(float);

        // Four vectors are two and two rather than three and one, whose sums would be too few to keep the multipliers busy.
        var panels = new List<(int, int)>();
        for (long vector = 0; vector < vectors;)
        {
            long left = vectors - vector;
            int take = (int)(left is 4 or 2 ? 2 : Math.Min(left, MaximumVectors));
            panels.Add(((int)vector * _lanes, take));
            vector += take;
        }

        Panels = [.. panels];
    }

    /// <summary>Groups of output channels.</summary>
    public long Groups { get; }

    /// <summary>Taps times input channels of a group.</summary>
    public long Depth { get; }

    /// <summary>Output channels of a group.</summary>
    public long Columns { get; }

    /// <summary>Output channels of a group, rounded up to whole vectors.</summary>
    public long Padded { get; }

    /// <summary>The panels of a group: first output channel, vectors.</summary>
    public (int Start, int Vectors)[] Panels { get; }

    /// <summary>The first panel of a group; a panel lies behind it by its first channel times <see cref="Depth"/>. Valid as long as this object is reachable.</summary>
    public float* Group(long group)
    {
        fixed (float* start = _array)
            return start + _first + (group * Depth * Padded);
    }

    /// <summary>Memory for a filter of the same sizes.</summary>
    public FilterPanels OfSameSize() => new(Groups, Depth, Columns);

    /// <summary>Whether a filter has the same sizes.</summary>
    public bool Fits(FilterPanels other) => (Groups, Depth, Columns) == (other.Groups, other.Depth, other.Columns);

    /// <summary>Copies a filter of one group and the same sizes, each row multiplied with its factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scale(FilterPanels filter, float* factors)
    {
        foreach ((int start, int vectors) in Panels)
        {
            int width = vectors * _lanes;
            float* from = filter.Group(0) + (start * Depth), to = Group(0) + (start * Depth);
            for (long row = 0; row < Depth; row++, from += width, to += width)
            {
                int i = 0;
                for (; i + Vector<float>.Count <= width; i += Vector<float>.Count)
                    Vector.Store(Vector.Load(from + i) * factors[row], to + i);
                for (; i < width; i++)
                    to[i] = from[i] * factors[row];
            }
        }
    }
}
