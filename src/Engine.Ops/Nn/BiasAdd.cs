using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Adds a vector to the channels of a tensor.</summary>
[Op("BiasAdd", "BiasAddV1")]
internal sealed class BiasAdd : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var value = c.WithRankAtLeast(c.Input(0), 2);
        var bias = c.Input(1, 1);
        if (!value.HasRank)
            return;
        var channel = IsChannelsFirst(c.Node) ? 1 : value.Rank - 1;
        c.SetOutput(0, value.With(channel, PartialShape.Vector(value[channel]).Merge(bias)[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var add = AddV2.CreateKernel(node);
        return IsChannelsFirst(node.Node) ? ElementTypes.Number(node.Type("T"), new ChannelsFirst()) ?? throw node.NoKernel() : new ChannelsLast(add);
    }

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static bool Fuse(RewriteContext c) => ProductFusion.Bias(c) || ConvolutionFusion.BiasAdd(c);

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g)
    {
        var node = g.NewNode("BiasAddGrad").Input(g.OutputGradient(0));
        if (g.Node.Attrs.TryGetValue("data_format", out var format))
            node.Attr("data_format", format);
        return [g.OutputGradient(0), node.Build()[0]];
    }

    /// <summary>Whether the channels are dimension 1.</summary>
    internal static bool IsChannelsFirst(Node node) => node.Attrs.TryGetValue("data_format", out var format) && format.AsString() == "NCHW";

    private static void Check(Shape value, Shape bias, int channel)
    {
        if (value.Rank < 2)
            throw EngineException.InvalidArgument($"Input tensor must be at least 2D: {value}");
        if (bias.Rank != 1)
            throw EngineException.InvalidArgument($"Biases must be 1D: {bias}");
        if (bias[0] != value[channel])
            throw EngineException.InvalidArgument($"Must provide as many biases as the channel dimension of the input tensor: {bias} vs. {value[channel]} in {value}");
    }

    private sealed class ChannelsLast(Kernel add) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            Check(context.Input(0).Shape, context.Input(1).Shape, -1);
            add.Compute(context);
        }
    }

    private readonly struct ChannelsFirst : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new ChannelsFirstKernel<T>();
    }

    private sealed class ChannelsFirstKernel<T> : Kernel where T : unmanaged, INumberBase<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var value = context.Input(0);
            var bias = context.Input(1);
            Check(value.Shape, bias.Shape, 1);
            var x = value.Pointer<T>();
            var b = bias.Pointer<T>();
            var (images, channels, pixels) = (value.Shape[0], value.Shape[1], value.Shape.CountOf(2, value.Rank));
            var y = context.ForwardOrAllocate(0, 0, value.Shape).Pointer<T>();
            for (var row = 0L; row < images * channels; row++)
            {
                var add = b[row % channels];
                for (var i = row * pixels; i < (row + 1) * pixels; i++)
                    y[i] = x[i] + add;
            }
        }
    }
}
