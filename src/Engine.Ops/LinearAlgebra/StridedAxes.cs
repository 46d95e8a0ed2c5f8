namespace Engine.Ops.LinearAlgebra;

/// <summary>A set of labelled dimensions of an array: how long each is, and how far apart its elements lie.</summary>
internal sealed class StridedAxes
{
    private readonly List<int> _labels = [];
    private readonly List<long> _sizes = [];
    private readonly List<long> _strides = [];

    /// <summary>The labels, outermost first.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>The product of all sizes.</summary>
    public long Count => _sizes.Aggregate(1L, (product, size) => product * size);

    /// <summary>The axes of a dense array; a label that occurs more often goes along the diagonal.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when equal labels have different sizes.</exception>
    public static StridedAxes Of(int[] labels, ReadOnlySpan<long> sizes)
    {
        var axes = new StridedAxes();
        long stride = 1;
        for (int i = labels.Length - 1; i >= 0; i--)
        {
            int known = axes._labels.IndexOf(labels[i]);
            if (known < 0)
            {
                axes.Insert(0, labels[i], sizes[i], stride);
            }
            else
            {
                if (axes._sizes[known] != sizes[i])
                    throw EngineException.InvalidArgument($"Expected dimension {axes._sizes[known]} at axis {i} of the input but got dimension {sizes[i]}");
                axes._strides[known] += stride;
            }

            stride *= sizes[i];
        }

        return axes;
    }

    /// <summary>The size along a label; 1 if there is none.</summary>
    public long Size(int label) => _labels.IndexOf(label) is >= 0 and var i ? _sizes[i] : 1;

    /// <summary>
    /// These labels of the axes, in this order, at these sizes: what is missing or of size 1 stays in place.
    /// </summary>
    public StridedAxes Select(IEnumerable<int> labels, Func<int, long> size)
    {
        var selected = new StridedAxes();
        foreach (int label in labels)
        {
            int i = _labels.IndexOf(label);
            bool moves = i >= 0 && _sizes[i] != 1;
            selected.Insert(selected._labels.Count, label, size(label), moves ? _strides[i] : 0);
        }

        return selected;
    }

    /// <summary>If the elements, in the order of the axes, lie at one distance from each other: that distance.</summary>
    public bool TryCollapse(out long stride)
    {
        stride = 0;
        bool first = true;
        long expected = 0;
        for (int i = _labels.Count - 1; i >= 0; i--)
        {
            if (_sizes[i] == 1)
                continue;
            if (first)
                stride = _strides[i];
            else if (_strides[i] != expected)
                return false;
            first = false;
            expected = _strides[i] * _sizes[i];
        }

        return true;
    }

    /// <summary>The distance of each element from the first, in row-major order of the axes.</summary>
    public long[] Offsets()
    {
        var offsets = new long[Count];
        long block = 1;
        for (int axis = _labels.Count - 1; axis >= 0 && offsets.Length > 0; axis--)
        {
            for (long index = 1; index < _sizes[axis]; index++)
            {
                for (long i = 0; i < block; i++)
                    offsets[(index * block) + i] = offsets[i] + (index * _strides[axis]);
            }

            block *= _sizes[axis];
        }

        return offsets;
    }

    private void Insert(int at, int label, long size, long stride)
    {
        _labels.Insert(at, label);
        _sizes.Insert(at, size);
        _strides.Insert(at, stride);
    }
}
