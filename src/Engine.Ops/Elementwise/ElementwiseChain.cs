using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>The rule that joins element-wise nodes of float32: a node takes in those that compute its inputs for it alone, and reads pieces of a Split where they lie.</summary>
internal sealed class ElementwiseChain
{
    private const int MostFunctions = 48;
    private const int MostInputs = 24;

    private readonly List<RewriteValue> inputs = [];
    private readonly List<(long Index, long Count)> pieces = [];
    private readonly List<string> functions = [];

    // Two per function; results of functions count from -1 downwards.
    private readonly List<int> operands = [];

    /// <summary>Joins a node with its inputs; false when there is nothing to join.</summary>
    internal static bool Fuse(RewriteContext c)
    {
        if (c.Node.OutputTypes.Count != 1 || c.Node.OutputTypes[0] != DType.Float32)
            return false;
        var shape = c.OutputShape(0);
        var values = new RewriteValue[c.InputCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = c.Input(i);
        if (!IsElementwise(c.Node, values))
            return false;
        var joined = Array.ConvertAll(values, v => IsJoined(v, shape));
        if (Array.TrueForAll(joined, j => !j) && !Array.Exists(values, v => c.Node.Op != "_Elementwise" && Piece(v) is not null))
            return false;
        var chain = new ElementwiseChain();
        chain.Add(c, c.Node, values, (v, i) => joined[i]);
        if (chain.functions.Count > MostFunctions || chain.inputs.Count > MostInputs)
            return false;
        return c.Replace("_Elementwise", chain.inputs.ToArray(), ("N", AttrValue.Of((long)chain.inputs.Count)), ("functions", AttrValue.List(chain.functions.ToArray())),
            ("operands", AttrValue.List(chain.operands.Select(o => (long)o).ToArray())),
            ("pieces", AttrValue.List(chain.pieces.SelectMany(p => (long[])[p.Index, p.Count]).ToArray())));
    }

    private static bool IsElementwise(Node node, ReadOnlySpan<RewriteValue> values) => node.Op switch
    {
        "_Elementwise" or "_Gelu" => true,
        "BiasAdd" => !BiasAdd.IsChannelsFirst(node) && values[1].Constant is { Rank: 1 } bias && values[0].Shape is { HasRank: true, Rank: > 1 } shape && shape[-1] == bias.Count,
        _ => ElementwiseFunction.Find(node.Op) is not null,
    };

    private static bool IsJoined(RewriteValue value, PartialShape shape)
    {
        if (!value.IsAbsorbable || value.Type != DType.Float32 || value.Op.Length == 0 || !MayHave(value.Shape, shape))
            return false;
        var values = new RewriteValue[value.InputCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = value.Input(i);
        return IsElementwise(value.Node, values);
    }

    // Whether a shape is probably the result's: what is computed before it is broadcast stays a node of its own.
    private static bool MayHave(PartialShape shape, PartialShape result)
    {
        if (!shape.HasRank || !result.HasRank)
            return true;
        if (shape.Rank != result.Rank)
            return false;
        for (var i = 0; i < shape.Rank; i++)
        {
            if (shape[i] != result[i] && (shape[i] is 0 or 1 || (shape[i] >= 0 && result[i] >= 0)))
                return false;
        }
        return true;
    }

    // Which piece of the last dimension a value is, if a Split makes it.
    private static (RewriteValue Whole, long Index, long Count)? Piece(RewriteValue value)
    {
        if (value.Op != "Split" || value.Input(0).Constant is not { Type: DType.Int32, Count: 1 } axis)
            return null;
        var at = axis.AsSpan<int>()[0];
        var whole = value.Input(1);
        if (at != -1 && !(whole.Shape.HasRank && at == whole.Shape.Rank - 1))
            return null;
        return (whole, value.Index, value.Node.OutputTypes.Count);
    }

    // Adds a node's functions; returns the operand that is its result.
    private int Add(RewriteContext c, Node node, ReadOnlySpan<RewriteValue> values, Func<RewriteValue, int, bool> joins)
    {
        var isChain = node.Op == "_Elementwise";
        var given = isChain ? node.Attr("pieces").AsInts() : [];
        var arguments = new List<int>();
        for (var i = 0; i < values.Length; i++)
        {
            if (joins(values[i], i))
            {
                var inner = new RewriteValue[values[i].InputCount];
                for (var k = 0; k < inner.Length; k++)
                    inner[k] = values[i].Input(k);
                arguments.Add(Add(c, values[i].Node, inner, (_, _) => false));
            }
            else if (isChain)
                arguments.Add(Input(values[i], given[2 * i], given[(2 * i) + 1]));
            else if (Piece(values[i]) is { } piece)
                arguments.Add(Input(piece.Whole, piece.Index, piece.Count));
            else
                arguments.Add(Input(values[i], 0, 1));
        }
        if (!isChain)
        {
            if (node.Op == "LeakyRelu")
                arguments.Add(Input(c.Constant(Tensor.Scalar(node.Attr("alpha").AsFloat())), 0, 1));
            return Add(node.Op switch
            {
                "BiasAdd" => "AddV2",
                "_Gelu" => node.Attr("approximate").AsBool() ? "GeluApproximate" : "GeluExact",
                var op => op,
            }, arguments[0], arguments.Count > 1 ? arguments[1] : arguments[0]);
        }
        var results = new List<int>();
        var names = node.Attr("functions").AsList();
        var read = node.Attr("operands").AsInts();
        for (var i = 0; i < names.Length; i++)
            results.Add(Add(names[i].AsString(), Of(read[2 * i]), Of(read[(2 * i) + 1])));
        return results[^1];

        int Of(long operand) => operand >= 0 ? arguments[(int)operand] : results[(int)(-1 - operand)];
    }

    private int Add(string function, int x, int y)
    {
        functions.Add(function);
        operands.Add(x);
        operands.Add(y);
        return -functions.Count;
    }

    private int Input(RewriteValue value, long index, long count)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] == value && pieces[i] == (index, count))
                return i;
        }
        inputs.Add(value);
        pieces.Add((index, count));
        return inputs.Count - 1;
    }
}
