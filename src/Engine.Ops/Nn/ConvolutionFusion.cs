using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.LinearAlgebra;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// Rules that make one node of a convolution and what follows it. Each takes one op into the convolution before it, so that chains of any order grow from left to
/// right: factors and normalisation go into a scale for each channel, sums into the bias or the tensor that is added, an activation comes last.
/// </summary>
internal static class ConvolutionFusion
{
    private static readonly string[] Ops = ["Conv2D", "Conv3D", "DepthwiseConv2dNative", "_FusedConvolution", "_FusedConvolution3D", "Conv2DBackpropInput", "_FusedConvolutionTranspose"];

    private static readonly string[] Geometry = ["strides", "padding", "explicit_paddings", "data_format", "dilations"];

    /// <summary>A convolution of images with a frame of zeros is one with explicit paddings.</summary>
    public static bool Pad(RewriteContext c)
    {
        RewriteValue pad = c.Input(0);
        bool isZero = pad.Op == "Pad" || (pad.Op == "PadV2" && pad.Input(2).Constant is { Type: DType.Float32, Count: 1 } zero && zero.AsSpan<float>()[0] == 0);
        string padding = c.Node.Attr("padding").AsString();
        if (!isZero || padding == "SAME" || c.Node.Attr("data_format").AsString() != "NHWC" || pad.Input(1).Constant is not { Rank: 2, Count: 8 } frame)
            return false;
        long[] numbers = SizeInput.Elements(frame);
        long[] before = padding == "EXPLICIT" ? c.Node.Attr("explicit_paddings").AsInts() : new long[8];
        if (before.Length != 8 || Array.Exists(numbers, n => n is < 0 or > int.MaxValue) || (numbers[0] | numbers[1] | numbers[6] | numbers[7]) != 0)
            return false;
        for (int i = 0; i < 8; i++)
            numbers[i] += before[i];
        var attrs = new List<(string, AttrValue)> { ("T", AttrValue.Of(pad.Type)), ("padding", AttrValue.Of("EXPLICIT")), ("explicit_paddings", AttrValue.List(numbers)) };
        foreach (string name in (ReadOnlySpan<string>)["strides", "data_format", "dilations", "use_cudnn_on_gpu"])
        {
            if (c.Node.Attrs.TryGetValue(name, out AttrValue? value))
                attrs.Add((name, value));
        }

        return c.Replace(c.Node.Op, [pad.Input(0), c.Input(1)], [.. attrs]);
    }

    /// <summary>A transposed convolution of as many images as come in needs to be told the height and the width alone.</summary>
    public static bool Sizes(RewriteContext c)
    {
        RewriteValue sizes = c.Input(0), images = c.Input(2);
        if (sizes.Op != "Pack" || sizes.InputCount != 4 || c.Node.Attr("data_format").AsString() != "NHWC" || !DenseForms.IsElement(sizes.Input(0), images, 0)
            || DenseForms.Integers(sizes.Input(1).Constant) is not [>= 0 and var height] || DenseForms.Integers(sizes.Input(2).Constant) is not [>= 0 and var width]
            || DenseForms.Integers(sizes.Input(3).Constant) is not [var channels] || !c.Input(1).Shape.HasRank || c.Input(1).Shape.Rank != 4 || c.Input(1).Shape[2] != channels)
            return false;
        var attrs = new List<(string, AttrValue)> { ("T", AttrValue.Of(images.Type)) };
        foreach (string name in (ReadOnlySpan<string>)[.. Geometry, "use_cudnn_on_gpu"])
        {
            if (c.Node.Attrs.TryGetValue(name, out AttrValue? value))
                attrs.Add((name, value));
        }

        return c.Replace(c.Node.Op, [c.Constant(Tensor.From<int>((int)height, (int)width)), c.Input(1), images], [.. attrs]);
    }

    /// <summary>The sum of a convolution and a bias.</summary>
    public static bool BiasAdd(RewriteContext c)
        => (!c.Node.Attrs.TryGetValue("data_format", out AttrValue? format) || format.AsString() != "NCHW")
            && Part.Of(c.Input(0)) is { HasResidual: false } part && part.AddBias(c, c.Input(1));

    /// <summary>A sum: with a constant for each channel it is a bias, with images of as many channels they are added as they are.</summary>
    public static bool Add(RewriteContext c)
    {
        for (int side = 1; side >= 0; side--)
        {
            if (Part.Of(c.Input(side)) is { } part && part.PerChannel(c.Input(1 - side)) is { } bias && part.AddConstant(c, bias))
                return true;
        }

        // The convolution that comes later in the plan can take the other's result.
        for (int side = 1; side >= 0; side--)
        {
            if (Part.Of(c.Input(side)) is { HasResidual: false } part && part.AddResidual(c, c.Input(1 - side)))
                return true;
        }

        return ScaleShift.Add(c, 1);
    }

    /// <summary>A convolution less a constant for each channel.</summary>
    public static bool Subtract(RewriteContext c)
        => Part.Of(c.Input(0)) is { } part && part.PerChannel(c.Input(1)) is { } constant && part.AddConstant(c, [.. constant.Select(x => -x)])
            || ScaleShift.Add(c, -1);

    /// <summary>A convolution times a constant for each channel.</summary>
    public static bool Multiply(RewriteContext c)
    {
        for (int side = 0; side < 2; side++)
        {
            if (Part.Of(c.Input(side)) is { HasResidual: false } part && part.PerChannel(c.Input(1 - side)) is { } factors && part.Scale(c, factors, new double[factors.Length]))
                return true;
        }

        return ScaleShift.Multiply(c);
    }

    /// <summary>A convolution normalised with known statistics.</summary>
    public static bool BatchNorm(RewriteContext c)
    {
        if (c.Node.Attr("is_training").AsBool() || c.Node.Attr("data_format").AsString() != "NHWC" || Enumerable.Range(1, c.Node.OutputTypes.Count - 1).Any(c.IsUsed)
            || c.Input(0).Type != DType.Float32)
            return false;
        Part? part = Part.Of(c.Input(0)) is { HasResidual: false } convolution ? convolution : null;
        for (int i = 1; i < 5; i++)
        {
            if (c.Input(i).Constant is not { Type: DType.Float32, Rank: 1 } vector || vector.Count != (part?.Channels ?? c.Input(1).Constant!.Count))
                return false;
        }

        // Roundings here are the same for all pixels and do not average out: they are made once.
        double epsilon = c.Node.Attr("epsilon").AsFloat();
        var (scale, offset, mean, variance) = (Floats(c.Input(1).Constant!), Floats(c.Input(2).Constant!), Floats(c.Input(3).Constant!), Floats(c.Input(4).Constant!));
        for (int i = 0; i < scale.Length; i++)
        {
            scale[i] /= Math.Sqrt(variance[i] + epsilon);
            offset[i] -= mean[i] * scale[i];
        }

        return part is not null ? part.Scale(c, scale, offset) : ScaleShift.Normalise(c, c.Input(0), scale, offset);
    }

    /// <summary>An activation of a convolution.</summary>
    public static bool Activate(RewriteContext c, Activation activation, float alpha = 0)
        => activation == Activation.Relu && IsPositive(c.Input(0)) ? c.ReplaceBy(c.Input(0)) : Part.Of(c.Input(0)) is { } part ? part.Activate(c, activation, alpha) : ScaleShift.Activate(c, activation, alpha);

    // What has no negative elements is its own Relu.
    private static bool IsPositive(RewriteValue x)
        => x.Op is "Relu" or "Relu6" or "Sigmoid" || (x.Op is "_FusedConvolution" or "_FusedConvolution3D" && x.Node.Attr("activation").AsString() is "Relu" or "Relu6" or "Sigmoid");

    private static double[] Floats(Tensor t) => Array.ConvertAll(t.AsSpan<float>().ToArray(), x => (double)x);

    /// <summary>A convolution without an activation yet, which the rule's node alone uses.</summary>
    private sealed class Part
    {
        private readonly RewriteValue _convolution;
        private readonly Node? _squeeze;
        private readonly bool _transposed;
        private readonly bool _depthwise;
        private readonly int _rank;
        private readonly bool _hasScale;
        private readonly bool _hasBias;

        private Part(RewriteValue convolution, Node? squeeze)
        {
            _squeeze = squeeze;
            _convolution = convolution;
            Node node = convolution.Node;
            _transposed = node.Op is "Conv2DBackpropInput" or "_FusedConvolutionTranspose";
            _rank = IsVolume(node) ? 5 : 4;
            _depthwise = node.Op == "DepthwiseConv2dNative" || (node.Attrs.TryGetValue("depthwise", out AttrValue? depthwise) && depthwise.AsBool());
            _hasScale = node.Attrs.TryGetValue("scale", out AttrValue? scale) && scale.AsBool();
            _hasBias = node.Attrs.TryGetValue("bias", out AttrValue? bias) && bias.AsBool();
            HasResidual = node.Attrs.TryGetValue("residual", out AttrValue? residual) && residual.AsBool();
            PartialShape filter = Filter.Shape;
            Channels = !filter.HasRank || filter.Rank != _rank ? -1 : _transposed ? filter[2] : !_depthwise ? filter[_rank - 1] : filter[2] < 0 || filter[3] < 0 ? -1 : filter[2] * filter[3];
        }

        public bool HasResidual { get; }

        /// <summary>Output channels; -1 if not known.</summary>
        public long Channels { get; }

        private RewriteValue Filter => _convolution.Input(1);

        private int FirstArgument => _transposed ? 3 : 2;

        private RewriteValue? Factors => _hasScale ? _convolution.Input(FirstArgument) : null;

        private RewriteValue? Bias => _hasBias ? _convolution.Input(FirstArgument + (_hasScale ? 1 : 0)) : null;

        /// <summary>The convolution that makes a value, if the value may still be changed.</summary>
        public static Part? Of(RewriteValue value)
        {
            // Of convolutions over one dimension the other one is taken away afterwards: what follows may come before that.
            Node? squeeze = null;
            if (value.Op == "Squeeze" && value.IsAbsorbable && value.Node.Attr("squeeze_dims").AsInts() is { Length: 1 } dims && dims[0] is 1 or 2 or -2 or -3)
            {
                squeeze = value.Node;
                value = value.Input(0);
            }

            if (Array.IndexOf(Ops, value.Op) < 0 || value.Type != DType.Float32 || !value.IsAbsorbable || value.Node.Attr("data_format").AsString() is not ("NHWC" or "NDHWC")
                || (squeeze is not null && IsVolume(value.Node)))
                return null;
            if (value.Node.Attrs.TryGetValue("activation", out AttrValue? activation) && activation.AsString().Length > 0)
                return null;
            var part = new Part(value, squeeze);
            return part.Channels > 0 ? part : null;
        }

        /// <summary>A constant that is one number, or one for each channel.</summary>
        public double[]? PerChannel(RewriteValue value)
        {
            if (value.Constant is not { Type: DType.Float32 } constant || constant.Rank > (_squeeze is null ? _rank : 3) || (constant.Count != 1 && constant.Count != Channels)
                || (constant.Count == Channels && Channels > 1 && constant.Shape[constant.Rank - 1] != Channels))
                return null;
            double[] numbers = Floats(constant);
            return numbers.Length == Channels ? numbers : [.. Enumerable.Repeat(numbers[0], (int)Channels)];
        }

        private static bool IsVolume(Node node) => node.Op is "Conv3D" or "_FusedConvolution3D";

        public bool AddBias(RewriteContext c, RewriteValue bias)
        {
            if (_hasBias)
                return PerChannel(bias) is { } constant && AddConstant(c, constant);
            return bias.Shape.HasRank && bias.Shape.Rank == 1 && bias.Shape[0] == Channels && Replace(c, Factors, bias, Residual);
        }

        public bool AddConstant(RewriteContext c, double[] constant)
            => (!_hasBias || Bias!.Value.Constant is not null) && Replace(c, Factors, Vector(c, Combine(Bias, 0, (bias, i) => bias + constant[i])), Residual);

        public bool Scale(RewriteContext c, double[] factors, double[] offsets)
            => (!_hasScale || Factors!.Value.Constant is not null) && (!_hasBias || Bias!.Value.Constant is not null)
                && Replace(
                    c,
                    Vector(c, Combine(Factors, 1, (scale, i) => scale * factors[i])),
                    Vector(c, Combine(Bias, 0, (bias, i) => (bias * factors[i]) + offsets[i])),
                    null);

        /// <summary>Adds images of as many channels, of any size: the kernel sees whether they must be broadcast.</summary>
        public bool AddResidual(RewriteContext c, RewriteValue residual)
            => _squeeze is null && residual.Type == DType.Float32 && (!residual.Shape.HasRank || (residual.Shape.Rank == _rank && (residual.Shape[_rank - 1] == Channels || residual.Shape[_rank - 1] < 0)))
                && Replace(c, Factors, Bias, residual);

        public bool Activate(RewriteContext c, Activation activation, float alpha) => Replace(c, Factors, Bias, Residual, activation, alpha);

        private RewriteValue? Residual => HasResidual ? _convolution.Input(FirstArgument + (_hasScale ? 1 : 0) + (_hasBias ? 1 : 0)) : null;

        private double[] Combine(RewriteValue? before, double missing, Func<double, int, double> with)
        {
            double[]? old = before is { } value ? Floats(value.Constant!) : null;
            var result = new double[Channels];
            for (int i = 0; i < result.Length; i++)
                result[i] = with(old is null ? missing : old[i], i);
            return result;
        }

        private static RewriteValue Vector(RewriteContext c, double[] numbers)
        {
            Tensor vector = Tensor.Allocate(DType.Float32, Shape.Vector(numbers.Length));
            Array.ConvertAll(numbers, x => (float)x).CopyTo(vector.AsSpan<float>());
            return c.Constant(vector);
        }

        private bool Replace(RewriteContext c, RewriteValue? scale, RewriteValue? bias, RewriteValue? residual, Activation activation = Activation.None, float alpha = 0)
        {
            var inputs = new List<RewriteValue> { _convolution.Input(0), Filter };
            if (_transposed)
                inputs.Add(_convolution.Input(2));
            int first = inputs.Count;
            if (scale is { } s)
                inputs.Add(s);
            if (bias is { } b)
                inputs.Add(b);
            if (residual is { } r)
                inputs.Add(r);
            var attrs = new List<(string, AttrValue)>
            {
                ("T", AttrValue.Of(DType.Float32)),
                ("N", AttrValue.Of((long)(inputs.Count - first))),
                ("scale", AttrValue.Of(scale is not null)),
                ("bias", AttrValue.Of(bias is not null)),
                ("residual", AttrValue.Of(residual is not null)),
                ("activation", AttrValue.Of(activation == Activation.None ? "" : activation.ToString())),
                ("alpha", AttrValue.Of(alpha)),
            };
            if (!_transposed && _rank == 4)
                attrs.Add(("depthwise", AttrValue.Of(_depthwise)));
            foreach (string name in Geometry)
            {
                if (_convolution.Node.Attrs.TryGetValue(name, out AttrValue? value))
                    attrs.Add((name, value));
            }

            string op = _transposed ? "_FusedConvolutionTranspose" : _rank == 5 ? "_FusedConvolution3D" : "_FusedConvolution";
            return _squeeze is null ? c.Replace(op, [.. inputs], [.. attrs]) : c.Replace("Squeeze", [c.Add(op, [.. inputs], [.. attrs])], ("squeeze_dims", _squeeze.Attr("squeeze_dims")));
        }
    }
}
