using Engine.Graphs;

namespace Engine.OpModel;

/// <summary>What a shape function sees: attributes, the inputs' shapes, and those input values that are constants.</summary>
public sealed class InferenceContext
{
    private readonly Node node;
    private readonly Func<int, Tensor?> constant;
    private readonly PartialShape[] inputs;

    internal InferenceContext(Node node, PartialShape[] inputs, Func<int, Tensor?> constant)
    {
        this.node = node;
        this.inputs = inputs;
        this.constant = constant;
        Outputs = new PartialShape[node.OutputTypes.Count];
        Array.Fill(Outputs, PartialShape.Unknown);
    }

    /// <summary>Number of input tensors.</summary>
    public int InputCount => inputs.Length;

    /// <summary>Number of output tensors.</summary>
    public int OutputCount => Outputs.Length;

    internal PartialShape[] Outputs { get; }

    /// <summary>In a plan, which node makes an input; its edges are not those of the graph.</summary>
    internal Func<int, Node>? Makers { get; init; }

    /// <summary>The node, for attributes.</summary>
    public Node Node => node;

    /// <summary>The node that makes input <paramref name="index"/>: when a plan is made, one behind the calls that were inlined.</summary>
    public Node Maker(int index) => Makers is not null ? Makers(index) : node.Inputs[index].Node;

    /// <summary>The shape of input <paramref name="index"/>.</summary>
    public PartialShape Input(int index) => inputs[index];

    /// <summary>The shape of input <paramref name="index"/>, which must have <paramref name="rank"/> dimensions if its rank is known.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank.</exception>
    public PartialShape Input(int index, int rank) => WithRank(inputs[index], rank);

    /// <summary>The positions of the tensors of an input argument.</summary>
    public Range InputRange(string argument) => node.Signature!.Input(argument);

    /// <summary>The positions of the tensors of an output argument, or null when there is no such output.</summary>
    public Range? OutputRange(string argument) => node.Signature!.Output(argument);

    /// <summary>The value of input <paramref name="index"/> if it is a constant, else null. Not the caller's to dispose.</summary>
    public Tensor? InputTensor(int index) => constant(index);

    /// <summary>The value of input <paramref name="index"/> as a shape: its int32 or int64 elements if it is a constant, else as many unknown dimensions as its length tells.</summary>
    public PartialShape InputAsShape(int index)
    {
        var shape = Input(index);
        if (InputTensor(index) is { } t && t.Rank == 1)
            return new PartialShape(Integers(t));
        return shape.Rank == 1 && shape[0] >= 0 && shape[0] <= Shape.MaxRank ? PartialShape.OfRank((int)shape[0]) : PartialShape.Unknown;
    }

    /// <summary>The value of a constant integer scalar input, or null.</summary>
    public long? InputScalar(int index) => InputTensor(index) is { Count: 1 } t && t.Type is DType.Int32 or DType.Int64 ? Integers(InputTensor(index)!)[0] : null;

    /// <summary>An attribute.</summary>
    public AttrValue Attr(string name) => node.Attr(name);

    /// <summary>Says what is known of output <paramref name="index"/>.</summary>
    public void SetOutput(int index, PartialShape shape) => Outputs[index] = shape;

    /// <summary>All outputs have this shape.</summary>
    public void SetOutputs(PartialShape shape) => Array.Fill(Outputs, shape);

    /// <summary><paramref name="shape"/>, of <paramref name="rank"/> dimensions.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank.</exception>
    public PartialShape WithRank(PartialShape shape, int rank)
    {
        if (!shape.HasRank)
            return PartialShape.OfRank(rank);
        return shape.Rank == rank ? shape : throw Fail($"Shape must be rank {rank} but is rank {shape.Rank}");
    }

    /// <summary><paramref name="shape"/>, of <paramref name="rank"/> or more dimensions.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a lower rank.</exception>
    public PartialShape WithRankAtLeast(PartialShape shape, int rank)
        => !shape.HasRank || shape.Rank >= rank ? shape : throw Fail($"Shape must be at least rank {rank} but is rank {shape.Rank}");

    /// <summary><paramref name="shape"/>, of <paramref name="rank"/> or fewer dimensions.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a higher rank.</exception>
    public PartialShape WithRankAtMost(PartialShape shape, int rank)
        => !shape.HasRank || shape.Rank <= rank ? shape : throw Fail($"Shape must be at most rank {rank} but is rank {shape.Rank}");

    /// <summary>The shape of <paramref name="a"/> and <paramref name="b"/> broadcast together.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when known dimensions do not go together.</exception>
    public PartialShape Broadcast(PartialShape a, PartialShape b)
    {
        if (!a.HasRank || !b.HasRank)
            return PartialShape.Unknown;
        var rank = Math.Max(a.Rank, b.Rank);
        var dims = new long[rank];
        for (var i = 1; i <= rank; i++)
        {
            var x = i <= a.Rank ? a[-i] : 1;
            var y = i <= b.Rank ? b[-i] : 1;
            dims[^i] = x == y || y == 1 ? x : x == 1 ? y : x < 0 ? (y > 1 ? y : -1) : y < 0 ? (x > 1 ? x : -1)
                : throw Fail($"Dimensions must be equal, but are {x} and {y}");
        }
        return new PartialShape(dims);
    }

    /// <summary>INVALID_ARGUMENT with the node and its input shapes.</summary>
    public EngineException Fail(string message)
        => EngineException.InvalidArgument($"{message} for '{{{{node {node.Name}}}}} = {node.Op}' with input shapes: {string.Join(", ", inputs.Select(s => s.ToString()))}.").At(node.Name, node.Op);

    private static long[] Integers(Tensor t) => t.Type == DType.Int32 ? [.. t.ToArray<int>().Select(i => (long)i)] : t.ToArray<long>();
}
