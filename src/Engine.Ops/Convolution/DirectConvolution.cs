using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// Convolutions of floats without a patch matrix: tiles of up to eight pixels of a line read the images where they lie, through the runs of adjacent
/// elements of which windows consist. Only where windows leave the image is the little that a tile sees copied, with zeros around it.
/// </summary>
internal unsafe struct DirectConvolution : IFloatAction, IRangeBody
{
    /// <summary>Bytes of the filter that pieces of work read again and again: a part of the second-level cache.</summary>
    private const long FilterBytes = 384 << 10;

    /// <summary>Bytes of the filter that stay in the first-level cache.</summary>
    private const long NearFilterBytes = 36 << 10;

    /// <summary>Elements that are activated at a time, while they are in the first-level cache.</summary>
    private const long ActivatedElements = 1024;

    private readonly ConvolutionGeometry _g;
    private readonly float* _input;
    private readonly FilterPanels _filter;
    private readonly float* _output;
    private readonly TileEnd _end;
    private readonly WindowDimension _depth;
    private readonly WindowDimension _height;
    private readonly WindowDimension _width;
    private readonly long _batch;
    private readonly long _tapsOfRun;
    private readonly OutputGrid _grid;
    private readonly WorkerTeam? _team;
    private delegate*<ref DirectConvolution, long, void> _item;
    private long _tileRows;
    private long _tilesOfLine;
    private long _tileBlock;
    private long _tileBlocks;
    private long _panelBlock;
    private long _panelBlocks;
    private long _runsOfChunk;
    private bool _joins;

    private DirectConvolution(
        ConvolutionGeometry g, float* input, FilterPanels filter, float* output, in TileEnd end, OutputGrid grid, WorkerTeam? team)
    {
        _grid = grid;
        _g = g;
        _input = input;
        _filter = filter;
        _output = output;
        _end = end;
        _team = team;
        (_batch, _depth, _height, _width) = (g.Batch, g.Depth, g.Height, g.Width);
        if (g.IsPointwise && grid == OutputGrid.Dense(g))
        {
            // All pixels are one line.
            long pixels = g.Batch * g.OutputPixels;
            _width = WindowDimension.Create(pixels, 1, 1, 1, PaddingScheme.Valid);
            (_batch, _depth, _height) = (1, WindowDimension.Single, WindowDimension.Single);
        }

        while (IsSingle(_width) && !(IsSingle(_height) && IsSingle(_depth)))
        {
            (_width, _height, _depth) = (_height, _depth, WindowDimension.Single);
            _grid = new(_grid.First, _grid.Image, 0, _grid.Plane, _grid.Line);
        }

        _tapsOfRun = _width.Dilation == 1 && g.Groups == 1 ? _width.Filter : 1;
    }

    /// <summary>output = end(input * filter). Tensors lie as <see cref="ConvolutionGeometry"/> says; nothing is checked.</summary>
    /// <param name="g">The geometry.</param>
    /// <param name="input">The images.</param>
    /// <param name="filter">The filter, packed.</param>
    /// <param name="output">The results; not the residual's memory.</param>
    /// <param name="end">What happens to the sums.</param>
    /// <param name="team">Threads.</param>
    public static void Forward(
        ConvolutionGeometry g, float* input, FilterPanels filter, float* output, in TileEnd end, WorkerTeam? team)
        => Forward(g, input, filter, output, end, OutputGrid.Dense(g), team);

    /// <summary>The same with results anywhere.</summary>
    public static void Forward(
        ConvolutionGeometry g, float* input, FilterPanels filter, float* output, in TileEnd end, OutputGrid grid, WorkerTeam? team)
    {
        var body = new DirectConvolution(g, input, filter, output, end, grid, team);
        FloatWidth.Invoke(ref body);
        GC.KeepAlive(filter);
    }

    /// <summary>Splits the work and does it.</summary>
    public void Invoke<W, V>()
        where W : struct, IFloatLanes<V, float>
    {
        _item = &Item<W, V>;
        int threads = _team?.Threads ?? 1;
        long line = _width.Output;
        long lines = _batch * _depth.Output * _height.Output;
        _tilesOfLine = (line + TileSize<W, V>.Rows - 1) / TileSize<W, V>.Rows;
        _tileRows = (line + _tilesOfLine - 1) / _tilesOfLine;
        long tiles = lines * _tilesOfLine;

        long runs = _filter.Depth / (_tapsOfRun * _g.GroupInputChannels);
        long rowBytes = W.Count * FilterPanels.MaximumVectors * sizeof(float);
        _runsOfChunk = Math.Max(1, Math.Min(runs, FilterBytes / (rowBytes * _tapsOfRun * _g.GroupInputChannels)));
        long panelBytes = _runsOfChunk * _tapsOfRun * _g.GroupInputChannels * rowBytes;
        long panels = _filter.Panels.Length;
        _panelBlock = Math.Clamp((panelBytes <= NearFilterBytes ? NearFilterBytes : FilterBytes) / panelBytes, 1, panels);
        _tileBlock = tiles;
        if (threads > 1)
        {
            // Either the threads share the pixels, or each has channels of its own: what is larger is read once.
            long wanted = threads * 4L;
            if (lines * line * _g.GroupInputChannels < _filter.Depth * _filter.Columns && panels * _g.Groups >= wanted)
                _panelBlock = Math.Clamp(panels * _g.Groups / wanted, 1, _panelBlock);
            else
                _tileBlock = Math.Max(1, (tiles + wanted - 1) / wanted);
        }

        // Vectors may reach beyond the channels of a pixel into those of the next, which come later.
        _joins = panels == 1 && _g.Groups == 1 && _runsOfChunk == runs && _grid.Pixel == _filter.Columns && _grid.IsDense(_batch, _depth.Output, _height.Output, _width.Output);
        _panelBlocks = (panels + _panelBlock - 1) / _panelBlock;
        _tileBlocks = (tiles + _tileBlock - 1) / _tileBlock;
        long items = _g.Groups * _panelBlocks * _tileBlocks;
        if (_team is null || items == 1)
            Invoke(0, items);
        else
            _team.Run(items, Math.Max(1, _tileBlock * _tileRows * _panelBlock * _filter.Depth * 3 / 2), ref this);
    }

    /// <summary>Does items of the work.</summary>
    public void Invoke(long start, long end)
    {
        for (long item = start; item < end; item++)
            _item(ref this, item);
    }

    private static bool IsSingle(in WindowDimension d) => d is { Input: 1, Filter: 1, Output: 1, Before: 0, After: 0 };

    private static void Item<W, V>(ref DirectConvolution body, long item)
        where W : struct, IFloatLanes<V, float>
    {
        long firstTile = item % body._tileBlocks * body._tileBlock;
        item /= body._tileBlocks;
        long firstPanel = item % body._panelBlocks * body._panelBlock;
        long group = item / body._panelBlocks;
        long endTile = Math.Min(firstTile + body._tileBlock, body._batch * body._depth.Output * body._height.Output * body._tilesOfLine);
        int endPanel = (int)Math.Min(firstPanel + body._panelBlock, body._filter.Panels.Length);
        long taps = body._depth.Filter * body._height.Filter * (body._width.Filter / body._tapsOfRun);
        long patchWidth = ((body._tileRows - 1) * body._width.Stride) + body._width.Extent;
        bool leaves = body._width.Before > 0 || ((body._width.Output - 1) * body._width.Stride) - body._width.Before + body._width.Extent > body._width.Input;
        long patch = leaves ? body._depth.Filter * body._height.Filter * patchWidth * body._g.GroupInputChannels : 0;
        using var scratch = new Scratch<float>(patch + (2 * taps * sizeof(ConvolutionTile.Run) / sizeof(float)) + (4 * body._filter.Padded));
        var sweep = new Sweep
        {
            Inside = (ConvolutionTile.Run*)scratch.Pointer,
            Patched = (ConvolutionTile.Run*)scratch.Pointer + taps,
            Scale = scratch.Pointer + (2 * taps * sizeof(ConvolutionTile.Run) / sizeof(float)),
            PatchWidth = patchWidth,
            Group = group,
            FirstPanel = (int)firstPanel,
            EndPanel = endPanel,
        };
        long padded = body._filter.Padded, columns = body._filter.Columns;
        sweep.Bias = sweep.Scale + padded;
        float* ones = sweep.Bias + padded, zeros = ones + padded;
        sweep.Patch = zeros + padded;
        body._end.CopyChannels(group * columns, columns, padded, sweep.Scale, sweep.Bias);
        new Span<float>(ones, (int)padded).Fill(1);
        new Span<float>(zeros, (int)padded).Clear();
        sweep.Ones = ones;
        sweep.Zeros = zeros;

        long runs = taps, waiting = 0;
        for (long chunk = 0; chunk < runs; chunk += body._runsOfChunk)
        {
            sweep.FirstRun = chunk;
            sweep.EndRun = Math.Min(runs, chunk + body._runsOfChunk);
            sweep.IsLast = sweep.EndRun == runs;
            long line = -1;
            for (long tile = firstTile; tile < endTile; tile++)
            {
                long of = tile / body._tilesOfLine;
                if (of != line)
                {
                    line = of;
                    body.StartLine(ref sweep, line);
                }

                // Tiles of a line are as equal as can be.
                long index = tile % body._tilesOfLine;
                long start = index * body._width.Output / body._tilesOfLine;
                long end = (index + 1) * body._width.Output / body._tilesOfLine;
                sweep.Overwritten = body._joins ? (endTile - tile - 1) * columns : 0;
                body.ComputeTile<W, V>(ref sweep, start, (int)(end - start));
                if (!body._joins || !body._end.Activation.HasLoop)
                    continue;

                // Pixels that follow one another are activated together.
                float* finished = body._output + sweep.OutputLine + (end * columns);
                waiting += (end - start) * columns;
                if (waiting >= ActivatedElements || tile + 1 == endTile)
                {
                    body._end.Activation.Apply(finished - waiting, waiting);
                    waiting = 0;
                }
            }
        }
    }

    /// <summary>Finds the runs of the windows of a line that are inside, but for the ends of the line.</summary>
    private readonly void StartLine(ref Sweep s, long line)
    {
        long y = line % _height.Output;
        long z = line / _height.Output % _depth.Output;
        long image = line / _height.Output / _depth.Output;
        long channels = _g.InputChannels, groupChannels = _g.GroupInputChannels;
        s.OutputLine = _grid.First + (image * _grid.Image) + (z * _grid.Plane) + (y * _grid.Line) + (s.Group * _filter.Columns);
        s.Line = _input + (image * _depth.Input * _height.Input * _width.Input * channels) + (s.Group * groupChannels);
        long y0 = (y * _height.Stride) - _height.Before, z0 = (z * _depth.Stride) - _depth.Before;
        long runsOfLine = _width.Filter / _tapsOfRun;
        int count = 0;
        for (long run = s.FirstRun; run < s.EndRun; run++)
        {
            long tapX = run % runsOfLine * _tapsOfRun;
            long tapLine = run / runsOfLine;
            long tapY = tapLine % _height.Filter, tapZ = tapLine / _height.Filter;
            long inY = y0 + (tapY * _height.Dilation), inZ = z0 + (tapZ * _depth.Dilation);
            if ((ulong)inY >= (ulong)_height.Input || (ulong)inZ >= (ulong)_depth.Input)
                continue;
            long row = ((tapLine * _width.Filter) + tapX) * groupChannels;
            long x = tapX * _width.Dilation;
            s.Inside[count] = new((((((inZ * _height.Input) + inY) * _width.Input) + x) * channels), row);
            s.Patched[count] = new(((tapLine * s.PatchWidth) + x) * groupChannels, row);
            count++;
        }

        s.Count = count;
        (s.Y, s.Z) = (y0, z0);
    }

    private readonly void ComputeTile<W, V>(ref Sweep s, long first, int pixels)
        where W : struct, IFloatLanes<V, float>
    {
        long channels = _g.InputChannels, groupChannels = _g.GroupInputChannels;
        long start = (first * _width.Stride) - _width.Before;
        long end = start + ((pixels - 1) * _width.Stride) + _width.Extent;
        ConvolutionTile tile;
        tile.RunCount = s.Count;
        tile.RunLength = _tapsOfRun * groupChannels;
        if (start >= 0 && end <= _width.Input)
        {
            tile.Input = s.Line + (start * channels);
            tile.InputStep = _width.Stride * channels;
            tile.Runs = s.Inside;
        }
        else
        {
            CopyPatch(in s, start, end);
            tile.Input = s.Patch;
            tile.InputStep = _width.Stride * groupChannels;
            tile.Runs = s.Patched;
        }

        float* filter = _filter.Group(s.Group);
        long place = s.OutputLine + (first * _grid.Pixel);
        tile.OutputStep = tile.ResidualStep = _grid.Pixel;
        bool last = s.IsLast;
        tile.Continues = s.FirstRun > 0;
        tile.Low = last ? _end.Activation.Low : float.NegativeInfinity;
        tile.High = last ? _end.Activation.High : float.PositiveInfinity;
        for (int p = s.FirstPanel; p < s.EndPanel; p++)
        {
            (int column, int vectors) = _filter.Panels[p];
            tile.Filter = filter + (column * _filter.Depth);
            tile.Output = _output + place + column;
            tile.Scale = (last ? s.Scale : s.Ones) + column;
            tile.Bias = (last ? s.Bias : s.Zeros) + column;
            tile.Residual = last && _end.Residual != null ? _end.Residual + place + column : null;
            int columns = (int)Math.Min(vectors * W.Count, _filter.Columns - column);
            if (columns == vectors * W.Count || s.Overwritten >= W.Count)
                TileSize<W, V>.Compute(pixels, vectors, ref tile);
            else
                ComputePart<W, V>(pixels, vectors, columns, ref tile);
            if (last && _end.Activation.HasLoop && !_joins)
                _end.Activation.Apply(tile.Output, tile.OutputStep, pixels, columns);
        }
    }

    /// <summary>A tile whose columns end inside a vector goes through memory of its own.</summary>
    private static void ComputePart<W, V>(int pixels, int vectors, int columns, ref ConvolutionTile tile)
        where W : struct, IFloatLanes<V, float>
    {
        const int MostFloats = 8 * FilterPanels.MaximumVectors * 16;
        float* sums = stackalloc float[MostFloats];
        float* added = stackalloc float[MostFloats];
        int width = vectors * W.Count;
        ConvolutionTile whole = tile;
        whole.Output = sums;
        whole.OutputStep = width;
        if (tile.Continues)
            CopyRows(tile.Output, tile.OutputStep, sums, width, pixels, columns);
        if (tile.Residual != null)
        {
            CopyRows(tile.Residual, tile.ResidualStep, added, width, pixels, columns);
            whole.Residual = added;
            whole.ResidualStep = width;
        }

        TileSize<W, V>.Compute(pixels, vectors, ref whole);
        CopyRows(sums, width, tile.Output, tile.OutputStep, pixels, columns);
    }

    private static void CopyRows(float* from, long fromStep, float* to, long toStep, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
            PanelPacking.CopyRun(from + (i * fromStep), to + (i * toStep), columns);
    }

    /// <summary>Copies what the windows of a tile see of each line they touch; outside the image is zero.</summary>
    private readonly void CopyPatch(in Sweep s, long start, long end)
    {
        long channels = _g.InputChannels, groupChannels = _g.GroupInputChannels;
        long firstInside = Math.Clamp(0, start, end), endInside = Math.Clamp(_width.Input, firstInside, end);
        for (long tapZ = 0; tapZ < _depth.Filter; tapZ++)
        {
            for (long tapY = 0; tapY < _height.Filter; tapY++)
            {
                long z = s.Z + (tapZ * _depth.Dilation), y = s.Y + (tapY * _height.Dilation);
                if ((ulong)z >= (ulong)_depth.Input || (ulong)y >= (ulong)_height.Input)
                    continue;
                float* to = s.Patch + (((tapZ * _height.Filter) + tapY) * s.PatchWidth * groupChannels);
                float* from = s.Line + ((((z * _height.Input) + y) * _width.Input) * channels);
                new Span<float>(to, checked((int)((firstInside - start) * groupChannels))).Clear();
                new Span<float>(to + ((endInside - start) * groupChannels), checked((int)((end - endInside) * groupChannels))).Clear();
                to += (firstInside - start) * groupChannels;
                if (channels == groupChannels)
                {
                    long bytes = (endInside - firstInside) * channels * sizeof(float);
                    Buffer.MemoryCopy(from + (firstInside * channels), to, bytes, bytes);
                    continue;
                }

                for (long x = firstInside; x < endInside; x++, to += groupChannels)
                    PanelPacking.CopyRun(from + (x * channels), to, (int)groupChannels);
            }
        }
    }

    /// <summary>What stays the same for many tiles.</summary>
    private struct Sweep
    {
        public ConvolutionTile.Run* Inside;
        public ConvolutionTile.Run* Patched;
        public float* Patch;
        public float* Scale;
        public float* Bias;
        public float* Ones;
        public float* Zeros;
        public float* Line;
        public long PatchWidth;
        public long Group;
        public long FirstRun;
        public long EndRun;
        public long OutputLine;
        public long Y;
        public long Z;
        public int Count;
        public int FirstPanel;
        public int EndPanel;
        public bool IsLast;

        /// <summary>Elements after this tile's that are surely written later.</summary>
        public long Overwritten;
    }
}
