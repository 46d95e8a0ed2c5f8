using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;
using static Engine.Ops.Convolution.WinogradFilter;

namespace Engine.Ops.Convolution;

/// <summary>
/// 3x3 convolutions of stride 1 by Winograd's F(4x4, 3x3): 36 products for 16 results instead of 144. Blocks of tiles go through three steps, whose
/// intermediate results stay in the second-level cache: tiles of the images are transformed, Bᵀ d B; each place of a tile is a product of matrices, tiles by
/// input channels by output channels; tiles of results are transformed back, Aᵀ m A, and finished.
/// </summary>
internal unsafe struct WinogradConvolution : IFloatAction, IRangeBody
{
    /// <summary>Bytes of the intermediate results of a block.</summary>
    private const long BlockBytes = 512 << 10;

    private readonly ConvolutionGeometry _g;
    private readonly float* _input;
    private readonly FilterPanels _filter;
    private readonly float* _output;
    private readonly TileEnd _end;
    private WorkerTeam? _team;
    private readonly long _tilesX;
    private readonly long _tilesY;
    private delegate*<ref WinogradConvolution, long, long, void> _step;
    private float* _domain;
    private float* _products;
    private float* _scale;
    private float* _bias;
    private float* _zeros;
    private long _block;
    private long _firstTile;
    private long _tiles;
    private bool _failed;

    private WinogradConvolution(ConvolutionGeometry g, float* input, FilterPanels filter, float* output, in TileEnd end, WorkerTeam? team)
    {
        _g = g;
        _input = input;
        _filter = filter;
        _output = output;
        _end = end;
        _team = team;
        _tilesX = (g.Width.Output + 3) / 4;
        _tilesY = (g.Height.Output + 3) / 4;
    }

    /// <summary>
    /// output = end(input * filter). False if a result is not finite: one infinity spoils a whole tile here, so such images must be convolved in another way.
    /// </summary>
    public static bool Forward(ConvolutionGeometry g, float* input, FilterPanels filter, float* output, in TileEnd end, WorkerTeam? team)
    {
        var body = new WinogradConvolution(g, input, filter, output, end, team);
        FloatWidth.Invoke(ref body);
        GC.KeepAlive(filter);
        return !body._failed;
    }

    /// <summary>Runs the steps.</summary>
    public void Invoke<W, V>()
        where W : struct, IFloatLanes<V, float>
    {
        long inputs = _g.InputChannels, outputs = _g.OutputChannels;
        long all = _g.Batch * _tilesY * _tilesX;
        int threads = _team?.Threads ?? 1;
        using var vectors = new Scratch<float>((2 * outputs) + Math.Max(inputs, outputs));
        _scale = vectors.Pointer;
        _bias = _scale + outputs;
        _zeros = _bias + outputs;
        _end.CopyChannels(0, outputs, outputs, _scale, _bias);
        new Span<float>(_zeros, (int)Math.Max(inputs, outputs)).Clear();
        _failed = false;
        long most = Math.Max(8, BlockBytes / (Places * sizeof(float) * (inputs + outputs)));

        // Either each thread takes blocks through all steps, so that what it writes stays in its cache, or all share each step and the filter is read once.
        bool shares = threads > 1 && all * (inputs + outputs) < inputs * outputs;
        if (!shares && threads > 1)
            most = Math.Min(most, Math.Max(8, (all + (2 * threads) - 1) / (2 * threads)));
        long blocks = (all + most - 1) / most;
        _block = (all + blocks - 1) / blocks;
        if (shares)
        {
            Blocks<W, V>(ref this, 0, blocks);
            return;
        }

        WorkerTeam? team = _team;
        _team = null;
        _step = &Blocks<W, V>;
        if (team is null || blocks == 1)
            Invoke(0, blocks);
        else
            team.Run(blocks, _block * ((Places * inputs * outputs / W.Count) + ((inputs + outputs) / W.Count * 150)), ref this);
    }

    /// <summary>Does items of the current step.</summary>
    public void Invoke(long start, long end) => _step(ref this, start, end);

    private void Run(long items, long cost)
    {
        if (_team is null)
            Invoke(0, items);
        else
            _team.Run(items, Math.Max(1, cost), ref this);
    }

    /// <summary>Distance of the places' matrices: an odd number of cache lines, so that all sets of a cache take part.</summary>
    private static long PlaceStep(long size) => ((size + 15) / 16 | 1) * 16;

    /// <summary>Takes blocks through all steps.</summary>
    private static void Blocks<W, V>(ref WinogradConvolution body, long start, long end)
        where W : struct, IFloatLanes<V, float>
    {
        WinogradConvolution own = body;
        long inputs = own._g.InputChannels, outputs = own._g.OutputChannels, all = own._g.Batch * own._tilesY * own._tilesX;
        using var domain = new Scratch<float>(Places * PlaceStep(own._block * inputs));
        using var products = new Scratch<float>(Places * PlaceStep(own._block * outputs));
        own._domain = domain.Pointer;
        own._products = products.Pointer;
        for (long block = start; block < end && !Volatile.Read(ref body._failed); block++)
        {
            own._firstTile = block * own._block;
            own._tiles = Math.Min(own._block, all - own._firstTile);
            if (own._tiles <= 0)
                return;
            own._step = &TransformTiles<W, V>;
            own.Run(own._tiles, inputs / W.Count * 160);
            own._step = &Multiply<W, V>;
            own.Run(Places * own._filter.Panels.Length, own._tiles * inputs * 2);
            own._step = &TransformBack<W, V>;
            own.Run(own._tiles, outputs / W.Count * 140);
            if (own._failed)
                Volatile.Write(ref body._failed, true);
        }
    }

    private readonly void Place(long tile, out long image, out long y, out long x)
    {
        x = tile % _tilesX * 4;
        y = tile / _tilesX % _tilesY * 4;
        image = tile / _tilesX / _tilesY;
    }

    private static void TransformTiles<W, V>(ref WinogradConvolution body, long start, long end)
        where W : struct, IFloatLanes<V, float>
    {
        long channels = body._g.InputChannels, width = body._g.Width.Input, height = body._g.Height.Input;
        float** pixels = stackalloc float*[Places];
        for (long tile = start; tile < end; tile++)
        {
            body.Place(body._firstTile + tile, out long image, out long y, out long x);
            y -= body._g.Height.Before;
            x -= body._g.Width.Before;
            float* origin = body._input + (image * height * width * channels);
            for (int i = 0; i < 6; i++)
            {
                for (int j = 0; j < 6; j++)
                {
                    bool inside = (ulong)(y + i) < (ulong)height && (ulong)(x + j) < (ulong)width;
                    pixels[(i * 6) + j] = inside ? origin + ((((y + i) * width) + x + j) * channels) : body._zeros;
                }
            }

            TransformTile<W, V>(pixels, channels, body._domain + (tile * channels), PlaceStep(body._tiles * channels));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformTile<W, V>(float** pixels, long channels, float* to, long placeStep)
        where W : struct, IFloatLanes<V, float>
    {
        float* half = stackalloc float[Places * 16];
        V p = W.Broadcast((float)P), minusP = W.Broadcast((float)-P), q = W.Broadcast((float)Q), minusQ = W.Broadcast((float)-Q);
        V minusPP = W.Broadcast((float)(-P * P)), minusQQ = W.Broadcast((float)(-Q * Q));
        V product = W.Broadcast((float)(P * P * Q * Q)), sum = W.Broadcast((float)(-(P * P) - (Q * Q)));
        for (long c = 0; c < channels; c += W.Count)
        {
            float** pixel = pixels;
            float* column = half;
            for (int j = 0; j < 6; j++)
            {
                V d0 = W.Load(ref pixel[0][c], 0), d1 = W.Load(ref pixel[6][c], 0), d2 = W.Load(ref pixel[12][c], 0);
                V d3 = W.Load(ref pixel[18][c], 0), d4 = W.Load(ref pixel[24][c], 0), d5 = W.Load(ref pixel[30][c], 0);
                V even = W.Fma(d2, minusQQ, d4), odd = W.Fma(d1, minusQQ, d3);
                V even2 = W.Fma(d2, minusPP, d4), odd2 = W.Fma(d1, minusPP, d3);
                W.Store(W.Fma(d0, product, W.Fma(d2, sum, d4)), ref *column, 0);
                W.Store(W.Fma(odd, p, even), ref *column, 6 * W.Count);
                W.Store(W.Fma(odd, minusP, even), ref *column, 12 * W.Count);
                W.Store(W.Fma(odd2, q, even2), ref *column, 18 * W.Count);
                W.Store(W.Fma(odd2, minusQ, even2), ref *column, 24 * W.Count);
                W.Store(W.Fma(d1, product, W.Fma(d3, sum, d5)), ref *column, 30 * W.Count);
                pixel++;
                column += W.Count;
            }

            float* row = half;
            float* place = to + c;
            for (int i = 0; i < 6; i++)
            {
                V d0 = W.Load(ref *row, 0), d1 = W.Load(ref *row, W.Count), d2 = W.Load(ref *row, 2 * W.Count);
                V d3 = W.Load(ref *row, 3 * W.Count), d4 = W.Load(ref *row, 4 * W.Count), d5 = W.Load(ref *row, 5 * W.Count);
                V even = W.Fma(d2, minusQQ, d4), odd = W.Fma(d1, minusQQ, d3);
                V even2 = W.Fma(d2, minusPP, d4), odd2 = W.Fma(d1, minusPP, d3);
                W.Store(W.Fma(d0, product, W.Fma(d2, sum, d4)), ref *place, 0);
                W.Store(W.Fma(odd, p, even), ref place[placeStep], 0);
                W.Store(W.Fma(odd, minusP, even), ref place[2 * placeStep], 0);
                W.Store(W.Fma(odd2, q, even2), ref place[3 * placeStep], 0);
                W.Store(W.Fma(odd2, minusQ, even2), ref place[4 * placeStep], 0);
                W.Store(W.Fma(d1, product, W.Fma(d3, sum, d5)), ref place[5 * placeStep], 0);
                row += 6 * W.Count;
                place += 6 * placeStep;
            }
        }
    }

    private static void Multiply<W, V>(ref WinogradConvolution body, long start, long end)
        where W : struct, IFloatLanes<V, float>
    {
        long inputs = body._g.InputChannels, outputs = body._g.OutputChannels, tiles = body._tiles;
        var panels = body._filter.Panels;
        float* ones = stackalloc float[FilterPanels.MaximumVectors * 16];
        float* zeros = stackalloc float[FilterPanels.MaximumVectors * 16];
        new Span<float>(ones, FilterPanels.MaximumVectors * 16).Fill(1);
        new Span<float>(zeros, FilterPanels.MaximumVectors * 16).Clear();
        ConvolutionTile.Run run = default;
        var tile = new ConvolutionTile
        {
            InputStep = inputs,
            Runs = &run,
            RunCount = 1,
            RunLength = inputs,
            OutputStep = outputs,
            Scale = ones,
            Bias = zeros,
            Low = float.NegativeInfinity,
            High = float.PositiveInfinity,
        };
        long count = (tiles + TileSize<W, V>.Rows - 1) / TileSize<W, V>.Rows;
        for (long item = start; item < end; item++)
        {
            long place = item / panels.Length;
            (int column, int vectors) = panels[item % panels.Length];
            tile.Filter = body._filter.Group(place) + (column * inputs);
            float* from = body._domain + (place * PlaceStep(tiles * inputs));
            float* to = body._products + (place * PlaceStep(tiles * outputs)) + column;
            for (long i = 0; i < count; i++)
            {
                long first = i * tiles / count, next = (i + 1) * tiles / count;
                tile.Input = from + (first * inputs);
                tile.Output = to + (first * outputs);
                TileSize<W, V>.Compute((int)(next - first), vectors, ref tile);
            }
        }
    }

    private static void TransformBack<W, V>(ref WinogradConvolution body, long start, long end)
        where W : struct, IFloatLanes<V, float>
    {
        long channels = body._g.OutputChannels, width = body._g.Width.Output, height = body._g.Height.Output;
        bool finite = true;
        for (long tile = start; tile < end; tile++)
        {
            body.Place(body._firstTile + tile, out long image, out long y, out long x);
            long place = ((((image * height) + y) * width) + x) * channels;
            int rows = (int)Math.Min(4, height - y), columns = (int)Math.Min(4, width - x);
            finite &= TransformTileBack<W, V>(ref body, body._products + (tile * channels), PlaceStep(body._tiles * channels), place, rows, columns);
            if (!body._end.Activation.HasLoop)
                continue;
            for (int i = 0; i < rows; i++)
                body._end.Activation.Apply(body._output + place + (i * width * channels), columns * channels);
        }

        if (!finite)
            Volatile.Write(ref body._failed, true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TransformTileBack<W, V>(ref WinogradConvolution body, float* from, long placeStep, long place, int rows, int columns)
        where W : struct, IFloatLanes<V, float>
    {
        float* half = stackalloc float[24 * 16];
        V p = W.Broadcast((float)P), pp = W.Broadcast((float)(P * P)), ppp = W.Broadcast((float)(P * P * P));
        V q = W.Broadcast((float)Q), qq = W.Broadcast((float)(Q * Q)), qqq = W.Broadcast((float)(Q * Q * Q));
        V low = W.Broadcast(body._end.Activation.Low), high = W.Broadcast(body._end.Activation.High);
        V spoiled = W.Zero, zero = W.Zero;
        long channels = body._g.OutputChannels, line = body._g.Width.Output * channels;
        for (long c = 0; c < channels; c += W.Count)
        {
            float* m = from + c;
            float* column = half;
            for (int j = 0; j < 6; j++)
            {
                V m0 = W.Load(ref *m, 0), m1 = W.Load(ref m[6 * placeStep], 0), m2 = W.Load(ref m[12 * placeStep], 0);
                V m3 = W.Load(ref m[18 * placeStep], 0), m4 = W.Load(ref m[24 * placeStep], 0), m5 = W.Load(ref m[30 * placeStep], 0);
                V sum = W.Add(m1, m2), difference = W.Sub(m1, m2), sum2 = W.Add(m3, m4), difference2 = W.Sub(m3, m4);
                W.Store(W.Add(W.Add(m0, sum), sum2), ref *column, 0);
                W.Store(W.Fma(difference2, q, W.Mul(difference, p)), ref *column, 6 * W.Count);
                W.Store(W.Fma(sum2, qq, W.Mul(sum, pp)), ref *column, 12 * W.Count);
                W.Store(W.Fma(difference2, qqq, W.Fma(difference, ppp, m5)), ref *column, 18 * W.Count);
                m += placeStep;
                column += W.Count;
            }

            V scale = W.Load(ref body._scale[c], 0), bias = W.Load(ref body._bias[c], 0);
            float* row = half;
            float* to = body._output + place + c;
            float* residual = body._end.Residual == null ? null : body._end.Residual + place + c;
            for (int i = 0; i < rows; i++)
            {
                V m0 = W.Load(ref *row, 0), m1 = W.Load(ref *row, W.Count), m2 = W.Load(ref *row, 2 * W.Count);
                V m3 = W.Load(ref *row, 3 * W.Count), m4 = W.Load(ref *row, 4 * W.Count), m5 = W.Load(ref *row, 5 * W.Count);
                V sum = W.Add(m1, m2), difference = W.Sub(m1, m2), sum2 = W.Add(m3, m4), difference2 = W.Sub(m3, m4);
                V y0 = W.Add(W.Add(m0, sum), sum2), y1 = W.Fma(difference2, q, W.Mul(difference, p));
                V y2 = W.Fma(sum2, qq, W.Mul(sum, pp)), y3 = W.Fma(difference2, qqq, W.Fma(difference, ppp, m5));
                spoiled = W.Fma(y0, zero, W.Fma(y1, zero, W.Fma(y2, zero, W.Fma(y3, zero, spoiled))));
                y0 = W.Fma(y0, scale, bias);
                y1 = W.Fma(y1, scale, bias);
                y2 = W.Fma(y2, scale, bias);
                y3 = W.Fma(y3, scale, bias);
                for (int j = 0; j < columns; j++)
                {
                    V result = j == 0 ? y0 : j == 1 ? y1 : j == 2 ? y2 : y3;
                    if (residual != null)
                        result = W.Add(result, W.Load(ref residual[j * channels], 0));
                    W.Store(W.MinLimit(high, W.MaxLimit(low, result)), ref to[j * channels], 0);
                }

                row += 6 * W.Count;
                to += line;
                if (residual != null)
                    residual += line;
            }
        }

        return !W.Any(W.IsNaN(spoiled));
    }
}
