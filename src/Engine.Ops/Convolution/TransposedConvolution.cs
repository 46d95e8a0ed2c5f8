using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// Transposed convolutions of floats: the gradient of a convolution's input, with bias, residual and activation. The convolutions of stride 1 that
/// <see cref="TransposedFilter"/> describes run over blocks of the images, framed with zeros so that tiles pass from line to line; their results go from a
/// buffer in the first-level cache to the places that the stride says.
/// </summary>
internal unsafe struct TransposedConvolution : IFloatAction, IRangeBody
{
    /// <summary>Most pixels of a block.</summary>
    private const long BlockPixels = 256;

    /// <summary>Most pixels of the buffer of results.</summary>
    private const long BufferPixels = 128;

    /// <summary>Most elements of a block of images.</summary>
    private const long BlockElements = 32 << 10;

    /// <summary>Sums that a tile has at least: two products of four cycles at a time.</summary>
    private const long MinimumSums = 8;

    private readonly ConvolutionGeometry _g;
    private readonly float* _images;
    private readonly TransposedFilter _filter;
    private readonly float* _result;
    private readonly TileEnd _end;
    private readonly WorkerTeam? _team;
    private readonly Axis _rows;
    private readonly Axis _columns;
    private readonly bool _inPlace;
    private delegate*<ref TransposedConvolution, long, long, void> _items;
    private bool* _spoiled;
    private float* _scale;
    private float* _bias;
    private long _blockImages;
    private long _blockRows;
    private long _blockColumns;
    private long _blocksOfLine;
    private long _blocksOfImage;

    private TransposedConvolution(ConvolutionGeometry g, float* images, TransposedFilter filter, float* result, in TileEnd end, WorkerTeam? team)
    {
        _g = g;
        _images = images;
        _filter = filter;
        _result = result;
        _end = end;
        _team = team;
        _rows = new Axis(g.Height, filter.TapsY);
        _columns = new Axis(g.Width, filter.TapsX);
        _inPlace = _rows.IsInside && _columns.IsInside && filter.TapsY == 1 && filter.TapsX == 1;
    }

    /// <summary>
    /// result = end(transposed convolution). The geometry is that of the convolution whose input's gradient this is; nothing is checked. False if a result is NaN
    /// and the filter has zeros of its own: then such images must be convolved with an exact one.
    /// </summary>
    public static bool Compute(ConvolutionGeometry g, float* images, TransposedFilter filter, float* result, in TileEnd end, WorkerTeam? team)
    {
        var body = new TransposedConvolution(g, images, filter, result, end, team);
        bool spoiled = false;
        body._spoiled = filter.HasZeros ? &spoiled : null;
        FloatWidth.Invoke(ref body);
        GC.KeepAlive(filter);
        return !spoiled;
    }

    /// <summary>Splits the work and does it.</summary>
    public void Invoke<W, V>()
        where W : struct, IFloatLanes<V, float>
    {
        _items = &Items<W, V>;
        long channels = _g.OutputChannels, pixels = _g.Batch * _rows.Count * _columns.Count;
        long most = Math.Clamp(BlockElements / Math.Max(1, channels), 32, BlockPixels);
        int threads = _team?.Threads ?? 1;

        // Either the threads share the pixels, or each has panels of its own: what is larger is read once.
        if (threads > 1 && (pixels * channels >= _filter.Weights || _filter.Panels.Length < 2 * threads))
            most = Math.Clamp(pixels / (4L * threads), 8, most);
        _blocksOfLine = (_columns.Count + most - 1) / most;
        _blockColumns = (_columns.Count + _blocksOfLine - 1) / _blocksOfLine;
        _blockRows = Math.Clamp(most / _blockColumns, 1, _rows.Count);
        long blocksOfColumn = (_rows.Count + _blockRows - 1) / _blockRows;
        _blockRows = (_rows.Count + blocksOfColumn - 1) / blocksOfColumn;
        _blocksOfImage = _blocksOfLine * blocksOfColumn;
        _blockImages = _blocksOfImage > 1 ? 1 : Math.Clamp(most / (_blockRows * _blockColumns), 1, _g.Batch);
        long blocks = (_g.Batch + _blockImages - 1) / _blockImages * _blocksOfImage;

        using var vectors = new Scratch<float>(2 * _filter.Padded);
        _scale = vectors.Pointer;
        _bias = _scale + _filter.Padded;
        RepeatVectors();
        long items = blocks * _filter.Panels.Length;
        long cost = pixels * _filter.Weights / W.Count * 2 / 3 / Math.Max(1, items);
        if (_team is null || items == 1)
            Invoke(0, items);
        else
            _team.Run(items, Math.Max(1, cost), ref this);
    }

    /// <summary>Does items of the work.</summary>
    public void Invoke(long start, long end) => _items(ref this, start, end);

    /// <summary>Writes the factors and biases of all panels' columns.</summary>
    private readonly void RepeatVectors()
    {
        new Span<float>(_scale, checked((int)_filter.Padded)).Fill(1);
        new Span<float>(_bias, (int)_filter.Padded).Clear();
        long place = 0, channels = _g.InputChannels;
        foreach (TransposedFilter.Part part in _filter.Parts)
        {
            for (long column = 0; column < part.Filter.Columns; column += channels)
                _end.CopyChannels(0, channels, channels, _scale + place + column, _bias + place + column);
            place += part.Filter.Padded;
        }
    }

    private static void Items<W, V>(ref TransposedConvolution body, long start, long end)
        where W : struct, IFloatLanes<V, float>
    {
        TransposedFilter.Panel[] panels = body._filter.Panels;
        long taps = body._filter.TapsY, size = body._inPlace ? 0 : body.SizeOfBlock();
        using var scratch = new Scratch<float>(size + ((BufferPixels + 1) * FilterPanels.MaximumVectors * W.Count) + (taps * sizeof(ConvolutionTile.Run) / sizeof(float)));
        var block = new Block { Sums = scratch.Pointer + size };
        block.Runs = (ConvolutionTile.Run*)(block.Sums + ((BufferPixels + 1) * FilterPanels.MaximumVectors * W.Count));
        long current = -1;
        for (long item = start; item < end; item++)
        {
            if (item / panels.Length != current)
            {
                current = item / panels.Length;
                body.StartBlock(ref block, current, scratch.Pointer);
            }

            body.ComputePanel<W, V>(in block, panels[item % panels.Length]);
        }
    }

    private readonly long SizeOfBlock()
        => _blockImages * (_blockRows + _filter.TapsY - 1) * (_blockColumns + _filter.TapsX - 1) * _g.OutputChannels;

    /// <summary>Copies a block of the images, with zeros around it.</summary>
    private readonly void StartBlock(ref Block b, long number, float* frame)
    {
        long channels = _g.OutputChannels, height = _g.Height.Output, width = _g.Width.Output;
        b.FirstImage = number / _blocksOfImage * _blockImages;
        b.EndImage = Math.Min(_g.Batch, b.FirstImage + _blockImages);
        number %= _blocksOfImage;
        b.FirstRow = _rows.First + (number / _blocksOfLine * _blockRows);
        b.EndRow = Math.Min(_rows.First + _rows.Count, b.FirstRow + _blockRows);
        b.FirstColumn = _columns.First + (number % _blocksOfLine * _blockColumns);
        b.EndColumn = Math.Min(_columns.First + _columns.Count, b.FirstColumn + _blockColumns);
        if (_inPlace)
        {
            (b.Line, b.Image) = (width, height * width);
            b.Images = _images + (((((b.FirstImage * height) + b.FirstRow) * width) + b.FirstColumn) * channels);
            return;
        }

        long firstX = b.FirstColumn - (_filter.TapsX - 1), span = b.EndColumn - firstX;
        long left = Math.Clamp(-firstX, 0, span), right = Math.Clamp(b.EndColumn - width, 0, span - left);
        b.Line = span - Math.Min(left, right); // the zeros after a line are those before the next
        b.Image = ((b.EndRow - b.FirstRow + _filter.TapsY - 2) * b.Line) + span;
        b.Images = frame;
        for (long image = b.FirstImage; image < b.EndImage; image++)
        {
            float* to = frame + ((image - b.FirstImage) * b.Image * channels);
            for (long y = b.FirstRow - (_filter.TapsY - 1); y < b.EndRow; y++, to += b.Line * channels)
            {
                if ((ulong)y >= (ulong)height)
                {
                    new Span<float>(to, checked((int)(span * channels))).Clear();
                    continue;
                }

                float* from = _images + ((((image * height) + y) * width) + firstX + left) * channels;
                new Span<float>(to, (int)(left * channels)).Clear();
                new ReadOnlySpan<float>(from, (int)((span - left - right) * channels)).CopyTo(new Span<float>(to + (left * channels), (int)((span - left - right) * channels)));
                new Span<float>(to + ((span - right) * channels), (int)(right * channels)).Clear();
            }
        }
    }

    private readonly void ComputePanel<W, V>(in Block b, in TransposedFilter.Panel panel)
        where W : struct, IFloatLanes<V, float>
    {
        TransposedFilter.Part part = panel.Part;
        long channels = _g.OutputChannels;
        long firstRow = Math.Max(b.FirstRow, part.CountY > 1 ? b.FirstRow : _rows.FirstOf(part.FirstY));
        long endRow = Math.Min(b.EndRow, part.CountY > 1 ? b.EndRow : _rows.EndOf(part.FirstY));
        if (firstRow >= endRow)
            return;
        for (long i = 0; i < part.TapsY; i++)
            b.Runs[i] = new(i * b.Line * channels, i * part.TapsX * channels);
        int columns = (int)Math.Min(panel.Vectors * W.Count, part.Filter.Columns - panel.Start);
        bool limits = _end.Residual == null;
        var tile = new ConvolutionTile
        {
            InputStep = channels,
            Runs = b.Runs,
            RunCount = (int)part.TapsY,
            RunLength = part.TapsX * channels,
            Filter = part.Filter.Group(0) + (panel.Start * part.Filter.Depth),
            OutputStep = columns,
            Scale = _scale + panel.Place,
            Bias = _bias + panel.Place,
            Low = limits ? _end.Activation.Low : float.NegativeInfinity,
            High = limits ? _end.Activation.High : float.PositiveInfinity,
        };

        // Tiles pass from line to line, over the zeros between lines if need be, unless those of single lines have sums enough to keep the multipliers busy.
        long width = b.EndColumn - b.FirstColumn;
        bool byLine = b.Line > width && Math.Min(width, TileSize<W, V>.Rows) * panel.Vectors >= MinimumSums;
        for (long image = b.FirstImage; image < b.EndImage; image++)
        {
            float* input = b.Images + ((image - b.FirstImage) * b.Image * channels);
            input += (((firstRow - b.FirstRow + _filter.TapsY - part.TapsY) * b.Line) + _filter.TapsX - part.TapsX) * channels;
            if (!byLine)
            {
                ComputeRows<W, V>(in b, in panel, ref tile, columns, input, ((endRow - firstRow - 1) * b.Line) + width, image, firstRow);
                continue;
            }

            for (long row = firstRow; row < endRow; row++, input += b.Line * channels)
            {
                // Lines outside the image are left out.
                long first = Math.Clamp(part.TapsY - 1 - row, 0, part.TapsY), last = Math.Clamp(_g.Height.Output + part.TapsY - 1 - row, first, part.TapsY);
                tile.Runs = b.Runs + first;
                tile.RunCount = (int)(last - first);
                ComputeRows<W, V>(in b, in panel, ref tile, columns, input, width, image, row);
            }
        }
    }

    /// <summary>Computes adjacent pixels from the beginning of a line on.</summary>
    private readonly void ComputeRows<W, V>(
        in Block b, in TransposedFilter.Panel panel, ref ConvolutionTile tile, int columns, float* input, long pixels, long image, long firstRow)
        where W : struct, IFloatLanes<V, float>
    {
        long channels = _g.OutputChannels;
        for (long first = 0; first < pixels;)
        {
            // Vectors that reach beyond the columns are overwritten by the next pixel's.
            long count = Math.Min(BufferPixels, pixels - first), tiles = (count + TileSize<W, V>.Rows - 1) / TileSize<W, V>.Rows;
            for (long i = 0; i < tiles; i++)
            {
                long from = i * count / tiles;
                tile.Input = input + ((first + from) * channels);
                tile.Output = b.Sums + (from * columns);
                TileSize<W, V>.Compute((int)(((i + 1) * count / tiles) - from), panel.Vectors, ref tile);
            }

            if (_end.Residual == null && _end.Activation.HasLoop)
                _end.Activation.Apply(b.Sums, count * columns);
            if (_spoiled != null && NaNs.Any<W, V>(b.Sums, count * columns))
                Volatile.Write(ref *_spoiled, true);
            for (long row = first / b.Line; row * b.Line < first + count; row++)
            {
                long start = Math.Max(first, row * b.Line), end = Math.Min(first + count, (row * b.Line) + b.EndColumn - b.FirstColumn);
                if (start < end)
                    Spread<W, V>(panel, columns, image, firstRow + row, b.FirstColumn + start - (row * b.Line), end - start, b.Sums + ((start - first) * columns));
            }

            first += count;
        }
    }

    /// <summary>Writes the results of adjacent blocks of a line to their places.</summary>
    private readonly void Spread<W, V>(in TransposedFilter.Panel panel, int columns, long image, long row, long column, long count, float* sums)
        where W : struct, IFloatLanes<V, float>
    {
        TransposedFilter.Part part = panel.Part;
        long channels = _g.InputChannels, length = part.CountX * channels, step = _g.Width.Stride * channels, line = _g.Width.Input * channels;
        for (long y = panel.Start / length; y * length < panel.Start + columns; y++)
        {
            long first = Math.Max(panel.Start, y * length), end = Math.Min(panel.Start + columns, (y + 1) * length);
            long resultRow = (row * _g.Height.Stride) + part.FirstY + y - _g.Height.Before;
            if ((ulong)resultRow >= (ulong)_g.Height.Input)
                continue;
            long start = ((image * _g.Height.Input) + resultRow) * line;
            long place = (((column * _g.Width.Stride) + part.FirstX - _g.Width.Before) * channels) + first - (y * length);
            var runs = new SpreadRuns(sums + (first - panel.Start), columns, _result + start, place, step, (int)(end - first), line);
            if (_end.Residual == null)
                runs.Copy<W, V>(count);
            else
                runs.Add(count, _end.Residual + start, _end.Activation);
        }
    }

    /// <summary>Blocks of results along one dimension.</summary>
    private readonly struct Axis(WindowDimension d, long taps)
    {
        private readonly WindowDimension _d = d;

        public long First { get; } = d.Before / d.Stride;

        public long Count => ((_d.Before + _d.Input - 1) / _d.Stride) - First + 1;

        /// <summary>Whether blocks see pixels of the images alone.</summary>
        public bool IsInside => First >= taps - 1 && First + Count <= _d.Output;

        /// <summary>The first block with a result of a remainder.</summary>
        public long FirstOf(long remainder) => First + (_d.Before % _d.Stride > remainder ? 1 : 0);

        /// <summary>The end of the blocks with a result of a remainder.</summary>
        public long EndOf(long remainder) => First + Count - ((_d.Before + _d.Input - 1) % _d.Stride < remainder ? 1 : 0);
    }

    /// <summary>A block of the images.</summary>
    private struct Block
    {
        public float* Images;
        public float* Sums;
        public ConvolutionTile.Run* Runs;
        public long Line;
        public long Image;
        public long FirstImage;
        public long EndImage;
        public long FirstRow;
        public long EndRow;
        public long FirstColumn;
        public long EndColumn;
    }
}
