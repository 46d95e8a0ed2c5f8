using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.Nn;

/// <summary>Parts of a plan that run for a few rows of a batch at a time.</summary>
public sealed class SliceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 1)]
    [InlineData(3, 2)] // rows that do not come out even: one after the other
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    public void Rows_come_out_as_without_slices(int rows, int threads)
    {
        var graph = new Graph();
        Value x = Images(graph, "x", 48, 16);
        Value early = Relu(graph, Convolution(graph, x, [3, 3, 16, 24]));
        Value y = Relu(graph, Convolution(graph, early, [1, 1, 24, 16]));
        y = Relu(graph, graph.NewNode("AddV2").Input(x).Input(Convolution(graph, y, [3, 3, 16, 16])).Build()[0]);
        y = graph.NewNode("ConcatV2").Input([y, early]).Input(Axes(graph, 3)).Build()[0];
        Value last = graph.NewNode("Mean").Input(y).Input(Axes(graph, 1, 2)).Build()[0];
        Check(graph, threads, true, [last, early, y], (x, Numbers(rows, 48, 48, 16)));
    }

    [Fact]
    public void Shapes_made_of_the_number_of_rows_do_not_stop_a_part()
    {
        var graph = new Graph();
        Value x = Images(graph, "x", 40, 8);
        Value y = Relu(graph, Convolution(graph, x, [3, 3, 8, 16]));
        Value rows = graph.NewNode("StridedSlice").Input(graph.NewNode("Shape").Input(y).Build()[0]).Input(Vector(graph, 0)).Input(Vector(graph, 1)).Input(Vector(graph, 1))
            .Attr("shrink_axis_mask", 1L).Build()[0];
        Value shape = graph.NewNode("Pack").Input([rows, Number(graph, 1600), Number(graph, 16)]).Build()[0];
        Value sizes = graph.NewNode("Pack").Input([rows, Number(graph, 80), Number(graph, 80), Number(graph, 8)]).Build()[0];
        Value flat = graph.NewNode("Softmax").Input(graph.NewNode("Reshape").Input(y).Input(shape).Build()[0]).Build()[0];
        Value large = graph.NewNode("Conv2DBackpropInput").Input(sizes).Input(Const(graph, [4, 4, 8, 16])).Input(y)
            .Attr("strides", AttrValue.List(1, 2, 2, 1)).Attr("padding", "SAME").Build()[0];
        Check(graph, 1, true, [flat, Relu(graph, large)], (x, Numbers(6, 40, 40, 8)));
        using var session = new Session(graph);
        Assert.Equal(0, session.Run(flat, [(x, Numbers(0, 40, 40, 8))]).Count);
    }

    [Fact]
    public void Inputs_of_other_row_counts_are_broadcast()
    {
        var graph = new Graph();
        Value x = Images(graph, "x", 64, 8), one = Images(graph, "one", 64, 8);
        Value y = Relu(graph, graph.NewNode("AddV2").Input(Relu(graph, Convolution(graph, x, [3, 3, 8, 8]))).Input(one).Build()[0]);
        Check(graph, 1, false, [graph.NewNode("MaxPool").Input(y).Attr("ksize", AttrValue.List(1, 2, 2, 1)).Attr("strides", AttrValue.List(1, 2, 2, 1)).Attr("padding", "VALID").Build()[0]],
            (x, Numbers(4, 64, 64, 8)), (one, Numbers(1, 64, 64, 8)));
    }

    [Fact]
    public void Reductions_over_rows_see_all_of_them()
    {
        var graph = new Graph();
        Value x = Images(graph, "x", 64, 8);
        Value y = Relu(graph, Convolution(graph, Relu(graph, Convolution(graph, x, [3, 3, 8, 8])), [1, 1, 8, 8]));
        Value mean = graph.NewNode("Mean").Input(y).Input(Axes(graph, 0)).Attr("keep_dims", true).Build()[0];
        y = Relu(graph, Convolution(graph, graph.NewNode("Sub").Input(y).Input(mean).Build()[0], [3, 3, 8, 8]));
        Check(graph, 1, true, [y], (x, Numbers(4, 64, 64, 8)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_error_names_the_node_inside(int threads)
    {
        var graph = new Graph();
        Value x = Images(graph, "x", -1, 8);
        Value other = Images(graph, "other", 64, 16);
        Value y = Relu(graph, other);
        Value sum = graph.NewNode("ConcatV2", "joined").Input([Relu(graph, Convolution(graph, x, [3, 3, 8, 16])), y]).Input(Axes(graph, 3)).Build()[0];
        using var session = new Session(graph, new SessionOptions { Threads = threads });
        var e = Assert.Throws<EngineException>(() => session.Run(Relu(graph, sum), [(x, Numbers(8, 32, 64, 8)), (other, Numbers(8, 64, 64, 16))]));
        Assert.Equal(StatusCode.InvalidArgument, e.Code);
        Assert.Contains("joined", e.Message, StringComparison.Ordinal);
    }

    private static void Check(Graph graph, int threads, bool slices, Value[] fetches, params (Value, Tensor)[] feeds)
    {
        using var plain = new Session(graph, new SessionOptions { Threads = threads, DisabledPasses = [PlanPasses.Slice] });
        using var sliced = new Session(graph, new SessionOptions { Threads = threads });
        foreach (Value fetch in fetches)
        {
            Tensor expected = plain.Run(fetch, feeds), actual = sliced.Run(fetch, feeds);
            Compare(expected, actual);
        }

        var all = plain.Run(fetches, feeds);
        var observer = new Ops();
        sliced.Observer = observer;
        for (int run = 0; run < 3; run++)
        {
            var some = sliced.Run(fetches, feeds);
            for (int i = 0; i < fetches.Length; i++)
                Compare(all[i], some[i]);
            if (slices)
                Assert.Contains("_Slices", observer.Names);
            sliced.Observer = null;
        }
    }

    private static void Compare(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        float[] x = expected.ToArray<float>(), y = actual.ToArray<float>();
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(x[i], y[i], 1e-5f);
    }

    private static Value Convolution(Graph graph, Value x, long[] filter)
        => graph.NewNode("Conv2D").Input(x).Input(Const(graph, filter)).Attr("strides", AttrValue.List(1, 1, 1, 1)).Attr("padding", "SAME").Build()[0];

    private static Value Relu(Graph graph, Value x) => graph.NewNode("Relu").Input(x).Build()[0];

    private static Value Images(Graph graph, string name, long size, long channels)
        => graph.NewNode("Placeholder", name).Attr("dtype", DType.Float32).Attr("shape", AttrValue.Of(new PartialShape([-1, size, size, channels]))).Build()[0];

    private static Value Axes(Graph graph, params int[] axes) => axes.Length == 1 ? Number(graph, axes[0]) : Vector(graph, axes);

    private static Value Number(Graph graph, int number) => Const(graph, Tensor.Scalar(number));

    private static Value Vector(Graph graph, params int[] numbers) => Const(graph, Tensor.From<int>(numbers));

    private static Value Const(Graph graph, long[] shape) => Const(graph, Numbers(shape, 0.2f));

    private static Value Const(Graph graph, Tensor value) => graph.NewNode("Const").Attr("dtype", value.Type).Attr("value", AttrValue.Of(value)).Build()[0];

    private static Tensor Numbers(params long[] shape) => Numbers(shape, 1);

    private static Tensor Numbers(long[] shape, float scale)
    {
        Tensor t = Tensor.Allocate(DType.Float32, new Shape(shape));
        var random = new Random(7);
        foreach (ref float f in t.AsSpan<float>())
            f = ((random.NextSingle() * 2) - 1) * scale;
        return t;
    }

    private sealed class Ops : IStepObserver
    {
        public HashSet<string> Names { get; } = [];

        public void Ran(Node node, long start, long end)
        {
            lock (Names)
                Names.Add(node.Op);
        }
    }
}
