using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Windows of images or volumes, [batch, planes, rows, columns, depth], each flattened into the last dimension of the result; zeros where a window sticks out.</summary>
internal sealed class Patches
{
    private const int SpatialRank = 3;

    private readonly int inputRank;
    private readonly long[] sizes;
    private readonly long[] strides;
    private readonly long[] rates;
    private readonly PaddingScheme padding;

    private Patches(int inputRank, long[] sizes, long[] strides, long[] rates, PaddingScheme padding)
    {
        this.inputRank = inputRank;
        this.sizes = sizes;
        this.strides = strides;
        this.rates = rates;
        this.padding = padding;
    }

    /// <summary>The windows that a node asks for.</summary>
    /// <param name="node">The node.</param>
    /// <param name="rank">Dimensions of the input: 4 for images, 5 for volumes.</param>
    /// <exception cref="EngineException">UNIMPLEMENTED for windows over the batch or the depth, OUT_OF_RANGE for sizes that are not positive.</exception>
    internal static Patches Of(Node node, int rank)
    {
        return new Patches(rank, Read("ksizes"), Read("strides"), node.Attrs.ContainsKey("rates") ? Read("rates") : [1, 1, 1],
            node.Attr("padding").AsString() == "SAME" ? PaddingScheme.Same : PaddingScheme.Valid);

        long[] Read(string attr)
        {
            var values = node.Attr(attr).AsInts();
            if (values.Length != rank)
                throw EngineException.InvalidArgument($"{attr} must have {rank} elements, not {values.Length}").At(node.Name, node.Op);
            if (values[0] != 1 || values[^1] != 1)
                throw EngineException.Unimplemented($"Only support {attr} across space, not [{string.Join(',', values)}].").At(node.Name, node.Op);
            if (Array.Exists(values, v => v is < 1 or > int.MaxValue))
                throw EngineException.OutOfRange($"{attr} is out of range: [{string.Join(',', values)}]").At(node.Name, node.Op);
            // An image is a volume of one plane.
            return [.. Enumerable.Repeat(1L, SpatialRank + 2 - rank), .. values[1..^1]];
        }
    }

    internal void InferShapes(InferenceContext c)
    {
        var input = c.WithRank(c.Input(0), inputRank);
        var dims = input.Dims.ToArray();
        var first = SpatialRank + 2 - inputRank;
        for (var d = first; d < SpatialRank; d++)
        {
            var at = d - first + 1;
            dims[at] = dims[at] < 0 ? -1 : Window(d, dims[at]).Output;
            dims[^1] = Dimensions.MultiplyKnown(dims[^1], sizes[d]);
        }
        c.SetOutput(0, new PartialShape(dims));
    }

    internal void Run(KernelContext context)
    {
        var input = context.Input(0);
        if (input.Rank != inputRank)
            throw EngineException.InvalidArgument($"input must be {inputRank}-dimensional {input.Shape}");
        var first = SpatialRank + 2 - inputRank;
        var windows = new WindowDimension[SpatialRank];
        Array.Fill(windows, WindowDimension.Single);
        var dims = input.Shape.Dims.ToArray();
        for (var d = first; d < SpatialRank; d++)
        {
            windows[d] = Window(d, dims[d - first + 1]);
            dims[d - first + 1] = windows[d].Output;
            dims[^1] = Dimensions.Multiply(dims[^1], sizes[d]);
        }
        var result = context.AllocateZeros(0, new Shape(dims));
        var action = new Copy(input, result, windows, input.Shape[-1]);
        Elements.Dispatch(input.Type, ref action);
    }

    /// <summary>The gradient: the same windows over the numbers of the positions tell where each patch element came from.</summary>
    internal static Gradient?[] Gradient(GradientContext g)
    {
        var rank = g.Attr("ksizes").AsList().Length;
        var input = g.Input(0);
        var shape = g.ShapeOf(input);
        var space = g.Part(shape, g.Ints(1), g.Ints(rank - 1));
        var count = g.Node("Prod", space, g.Ints(0));
        var numbers = g.Node("Reshape", g.Node("Range", g.Int(1), count + g.Int(1), g.Int(1)), g.Concat(0, g.Ints(1), space, g.Ints(1)));
        var places = g.NewNode(g.Node.Op).Input(numbers).Attr("ksizes", g.Attr("ksizes")).Attr("strides", g.Attr("strides"))
            .Attr("rates", g.Node.Attrs.GetValueOrDefault("rates")).Attr("padding", g.Attr("padding")).Build()[0];
        // Padding has the number 0; a segment of -1 is dropped.
        var segments = g.Node("Reshape", places, g.Ints(-1)) - g.Int(1);
        var batch = g.Part(shape, g.Ints(0), g.Ints(1));
        var depth = g.Part(shape, g.Ints(rank - 1), g.Ints(rank));
        var patches = g.Node("Reshape", g.OutputGradient(0), g.Concat(0, batch, g.ShapeOf(segments), depth));
        var order = g.Ints(1, 0, 2);
        var sums = g.Node("UnsortedSegmentSum", g.Node("Transpose", patches, order), segments, count);
        return [g.Node("Reshape", g.Node("Transpose", sums, order), shape)];
    }

    private WindowDimension Window(int d, long length) => WindowDimension.Create(length, sizes[d], strides[d], rates[d], padding);

    private readonly struct Copy(Tensor input, Tensor result, WindowDimension[] windows, long depth) : IElementAction
    {
        public void Invoke<T>()
        {
            if (input.Count == 0 || result.Count == 0)
                return;
            ref T from = ref Elements.First<T>(input);
            ref T to = ref Elements.First<T>(result);
            var (p, r, c) = (windows[0], windows[1], windows[2]);
            var at = 0L;
            for (var b = 0L; b < input.Shape[0]; b++)
            {
                for (var i = 0L; i < p.Output * r.Output * c.Output; i++)
                {
                    var column = i % c.Output;
                    var row = i / c.Output % r.Output;
                    var plane = i / c.Output / r.Output;
                    Patch(ref Unsafe.Add(ref from, (nint)(b * p.Input * r.Input * c.Input * depth)), ref Unsafe.Add(ref to, (nint)at), plane, row, column);
                    at += p.Filter * r.Filter * c.Filter * depth;
                }
            }
        }

        private void Patch<T>(ref T from, ref T to, long plane, long row, long column)
        {
            var (p, r, c) = (windows[0], windows[1], windows[2]);
            var planes = p.Inside(plane);
            var rows = r.Inside(row);
            var columns = c.Inside(column);
            for (var i = planes.First; i < planes.End; i++)
            {
                for (var j = rows.First; j < rows.End; j++)
                {
                    var line = (plane * p.Stride - p.Before + i * p.Dilation) * r.Input + row * r.Stride - r.Before + j * r.Dilation;
                    for (var k = columns.First; k < columns.End; k++)
                    {
                        var x = line * c.Input + column * c.Stride - c.Before + k * c.Dilation;
                        Elements.Copy(ref Unsafe.Add(ref from, (nint)(x * depth)), ref Unsafe.Add(ref to, (nint)(((i * r.Filter + j) * c.Filter + k) * depth)), (nint)depth);
                    }
                }
            }
        }
    }
}
