using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>
/// The gradient of the gradient of batch normalisation: the first gradient is written out with elementary ops, and these are differentiated.
/// </summary>
internal static class BatchNormSecondOrder
{
    internal static Gradient?[] Gradient(GradientContext g)
    {
        var (dy, x, scale) = (g.Input(0), g.Input(1), g.Input(2));
        var first = Written(g, dy, x, scale);
        var incoming = new List<Value?>();
        var outputs = new List<Value>();
        for (var i = 0; i < 3; i++)
        {
            if (g.OutputGradientOrNull(i) is not { } gradient)
                continue;
            outputs.Add(first[i]);
            incoming.Add(Gradients.ToDense(g, gradient));
        }
        var inputs = Gradients.Add(outputs, [dy, x, scale], incoming);
        // Where nothing depends on an input (x, in inference), TensorFlow answers zeros.
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] ??= g.Apply("ZerosLike", g.Input(i));
        return [inputs[0], inputs[1], inputs[2], .. new Gradient?[g.InputCount - 3]];
    }

    private static Value[] Written(GradientContext g, Value dy, Value x, Value scale)
    {
        var channelsFirst = g.Attr("data_format").AsString() is "NCHW" or "NCDHW";
        var rank = x.Rank > 0 ? x.Rank : g.Attr("data_format").AsString().Length;
        var channel = channelsFirst ? 1 : rank - 1;
        var axes = g.Constant(Tensor.From<int>(Enumerable.Range(0, rank).Where(i => i != channel).ToArray()));
        var wide = x.Type.Base() == DType.Float32;
        var (xs, dys) = wide ? (x, dy) : (Cast(g, x, DType.Float32), Cast(g, dy, DType.Float32));
        var spread = Tensor.From<int>(Enumerable.Range(0, rank).Select(i => i == channel ? -1 : 1).ToArray());
        Value Spread(Value v) => g.Apply("Reshape", v, g.Constant(spread));
        var training = g.Attr("is_training").AsBool();
        var mean = training ? Reduce(g, "Mean", xs, axes) : Spread(g.Input(3));
        var centred = xs - mean;
        var variance = training ? Reduce(g, "Mean", centred * centred, axes) : Spread(g.Input(4));
        var inverse = g.Apply("Rsqrt", variance + g.Scalar(g.Attr("epsilon").AsFloat(), DType.Float32));
        var dx = Spread(scale) * inverse * dys;
        if (training)
        {
            dx = Spread(scale) * inverse * (dys - Reduce(g, "Mean", dys, axes) - centred * inverse * inverse * Reduce(g, "Mean", dys * centred, axes));
        }
        var dScale = g.Apply("Sum", dys * centred * inverse, axes);
        var dOffset = g.Apply("Sum", dys, axes);
        return [wide ? dx : Cast(g, dx, x.Type.Base()), dScale, dOffset];
    }

    private static Value Reduce(GradientContext g, string op, Value value, Value axes) => g.NewNode(op).Input(value).Input(axes).Attr("keep_dims", true).Build()[0];

    private static Value Cast(GradientContext g, Value value, DType type) => g.NewNode("Cast").Input(value).Attr("DstT", type).Build()[0];
}
