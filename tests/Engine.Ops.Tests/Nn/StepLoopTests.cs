using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.Nn;

/// <summary>Loops over the steps of cells, as one program beside the loop as it is written.</summary>
public sealed class StepLoopTests
{
    private const int Steps = 7;
    private const int Depth = 5;

    public static TheoryData<string, int, int, int> Layers
    {
        get
        {
            var data = new TheoryData<string, int, int, int>();
            foreach (var cell in Cells.Keys)
            {
                data.Add(cell, 1, 1, 1);
                data.Add(cell, 16, 1, 2);
                data.Add(cell, 33, 2, 1);
                data.Add(cell, 70, 9, 2);
                data.Add(cell, 5, 6, 1);
            }
            return data;
        }
    }

    private static Dictionary<string, (int States, Func<Body, Value[]> Make)> Cells { get; } = new()
    {
        ["simple"] = (1, b => [b.Op("Tanh", b.Op("BiasAdd", b.OfInput(b.Units) + b.OfState(b.Units), b.Row(b.Units)))]),
        ["reset before"] = (1, ResetBefore),
        ["peephole, of joined rows, with lengths"] = (2, Peephole),
        ["hard, of parts"] = (2, Hard),
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_program_computes_what_the_loop_does(string cell, int units, int batch, int threads)
    {
        var random = new Random(units);
        var graph = Loop(cell, units);
        var feeds = new List<KeyValuePair<string, Tensor>>
        {
            new("x", Floats(random, Steps, batch, Depth)),
            new("lengths", Tensor.From<int>([.. Enumerable.Range(0, batch).Select(_ => random.Next(Steps + 1))], new Shape(batch))),
        };
        for (var i = 0; i < Cells[cell].States; i++)
            feeds.Add(new($"state{i}", Floats(random, batch, units)));
        string[] fetches = ["stack:0", "loop:3", $"loop:{2 + Cells[cell].States}"];
        using var asWritten = new Session(graph, new SessionOptions { Threads = 1, DisabledPasses = ["fuse"] });
        using var asProgram = new Session(graph, new SessionOptions { Threads = threads });
        var expected = asWritten.Run(feeds, fetches);
        for (var again = 0; again < 2; again++)
        {
            var actual = asProgram.Run(feeds, fetches);
            for (var i = 0; i < fetches.Length; i++)
            {
                Assert.Equal(expected[i].Shape, actual[i].Shape);
                var (want, have) = (expected[i].ToArray<float>(), actual[i].ToArray<float>());
                for (var k = 0; k < want.Length; k++)
                    Assert.Equal(want[k], have[k], 2e-5f);
            }
        }
    }

    private static Value[] ResetBefore(Body b)
    {
        var gates = b.Split(b.Op("Sigmoid", b.OfInput(2 * b.Units) + b.OfState(2 * b.Units)), 2);
        var candidate = b.Op("Relu", b.OfInput(b.Units) + b.Product(gates[0] * b.States[0], b.Units, b.Units));
        return [(gates[1] * b.States[0]) + ((b.Number(1) - gates[1]) * candidate)];
    }

    private static Value[] Peephole(Body b)
    {
        var joined = b.Op("ConcatV2", b.Input, b.States[0], b.Constant(Tensor.Scalar(1)));
        var gates = b.Split(b.Op("BiasAdd", b.Product(joined, Depth + b.Units, 4 * b.Units), b.Row(4 * b.Units)), 4);
        var kept = b.Op("Sigmoid", gates[0] + b.Number(1) + (b.Row(b.Units) * b.States[1])) * b.States[1];
        var c = kept + (b.Op("Sigmoid", gates[1]) * b.Op("Tanh", gates[2]));
        var h = b.Op("Sigmoid", gates[3] + (b.Row(b.Units) * c)) * b.Op("Tanh", c);
        var ends = b.Op("GreaterEqual", b.Time, b.Lengths);
        return [b.Op("Select", ends, b.States[0], h), b.Op("Select", ends, b.States[1], c)];
    }

    private static Value[] Hard(Body b)
    {
        var gates = b.Node("SplitV", b.OfInput(3 * b.Units) + b.OfState(3 * b.Units), b.Constant(Tensor.From<int>([b.Units, b.Units, -1])), b.Constant(Tensor.Scalar(-1)))
            .Attr("num_split", 3).Build();
        var hard = b.Op("Minimum", b.Op("Maximum", (b.Number(0.2f) * gates[0]) + b.Number(0.5f), b.Number(0)), b.Number(1));
        var c = (hard * b.States[1]) + ((b.Number(1) - hard) * b.Op("Softsign", gates[1]));
        return [b.Product(b.Op("Elu", gates[2]) * c, b.Units, b.Units), c];
    }

    private static Graph Loop(string name, int units)
    {
        var (count, make) = Cells[name];
        var graph = new Graph();
        var random = new Random(3);
        var test = new FunctionBuilder(graph);
        var variables = Variables(test, count);
        var condition = test.Build("condition", [test.NewNode("Less").Input(variables[0]).Input(test.Constant(Tensor.Scalar(Steps))).Build()[0]]);
        var step = new FunctionBuilder(graph);
        variables = Variables(step, count);
        var shape = step.Constant(Tensor.From<int>([-1, Depth]));
        var x = step.NewNode("TensorListGetItem").Input(variables[1]).Input(variables[0]).Input(shape).Attr("element_dtype", DType.Float32).Build()[0];
        var states = make(new Body(step, random, units, x, variables[0], variables[^1], variables[3..^1]));
        var list = step.NewNode("TensorListSetItem").Input(variables[2]).Input(variables[0]).Input(states[0]).Attr("element_dtype", DType.Float32).Build()[0];
        var body = step.Build("body", [variables[0] + step.Constant(Tensor.Scalar(1)), variables[1], list, .. states, variables[^1]]);

        Value Placeholder(string n, DType type, PartialShape s) => graph.NewNode("Placeholder", n).Attr("dtype", type).Attr("shape", s).Build()[0];
        Value Constant(Tensor t) => graph.NewNode("Const").Attr("dtype", t.Type).Attr("value", AttrValue.Of(t)).Build()[0];
        var input = graph.NewNode("TensorListFromTensor").Input(Placeholder("x", DType.Float32, new PartialShape(Steps, -1, Depth))).Input(Constant(Tensor.From<int>([-1, Depth])))
            .Attr("element_dtype", DType.Float32).Build()[0];
        var output = graph.NewNode("TensorListReserve").Input(Constant(Tensor.From<int>([-1, units]))).Input(Constant(Tensor.Scalar(Steps))).Attr("element_dtype", DType.Float32).Build()[0];
        Value[] initial = [.. Enumerable.Range(0, count).Select(i => Placeholder($"state{i}", DType.Float32, new PartialShape(-1, units)))];
        var loop = graph.NewNode("StatelessWhile", "loop").Input([Constant(Tensor.Scalar(0)), input, output, .. initial, Placeholder("lengths", DType.Int32, new PartialShape(-1))])
            .Attr("cond", AttrValue.Of(condition)).Attr("body", AttrValue.Of(body)).Build();
        graph.NewNode("TensorListStack", "stack").Input(loop[2]).Input(Constant(Tensor.From<int>([-1, units]))).Attr("element_dtype", DType.Float32).Build();
        return graph;
    }

    // The step, the list of inputs, the list of outputs, the states, the lengths.
    private static Value[] Variables(FunctionBuilder b, int states)
        => [b.Argument(DType.Int32), b.Argument(DType.Variant), b.Argument(DType.Variant), .. Enumerable.Range(0, states).Select(_ => b.Argument(DType.Float32)), b.Argument(DType.Int32)];

    // The longer a matrix, the smaller its numbers, so that products stay of one size.
    private static Tensor Floats(Random random, params long[] dims)
    {
        var shape = new Shape(dims);
        var scale = dims.Length == 2 ? 2 / Math.Sqrt(dims[0]) : 1;
        return Tensor.From<float>([.. Enumerable.Range(0, (int)shape.Count).Select(_ => (float)((random.NextDouble() - 0.5) * scale))], shape);
    }

    /// <summary>The body of a loop while its cell is written: the new states, the first of which is the output, from the step's input and the old states.</summary>
    private sealed record Body(FunctionBuilder Builder, Random Random, int Units, Value Input, Value Time, Value Lengths, Value[] States)
    {
        internal NodeBuilder Node(string op, params Value[] inputs)
        {
            var node = Builder.NewNode(op);
            foreach (var i in inputs)
                node.Input(i);
            return node;
        }

        internal Value Op(string op, params Value[] inputs) => (op == "ConcatV2" ? Builder.NewNode(op).Input(inputs[..^1]).Input(inputs[^1]) : Node(op, inputs)).Build()[0];

        internal Value Constant(Tensor value) => Builder.Constant(value);

        internal Value Number(float value) => Constant(Tensor.Scalar(value));

        internal Value Row(int columns) => Constant(Floats(Random, columns));

        internal Value Product(Value x, int depth, int columns) => Op("MatMul", x, Constant(Floats(Random, depth, columns)));

        internal Value OfInput(int columns) => Product(Input, Depth, columns);

        internal Value OfState(int columns) => Product(States[0], Units, columns);

        internal Value[] Split(Value value, int count)
        {
            var node = Node("Split", Constant(Tensor.Scalar(1)), value).Attr("num_split", count).Build();
            return [.. Enumerable.Range(0, count).Select(i => node[i])];
        }
    }
}
