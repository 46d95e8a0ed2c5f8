using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a bias: the sum over everything but the channels.</summary>
[Op("BiasAddGrad")]
internal sealed class BiasAddGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var value = c.WithRankAtLeast(c.Input(0), 2);
        c.SetOutput(0, PartialShape.Vector(!value.HasRank ? -1 : value[BiasAdd.IsChannelsFirst(c.Node) ? 1 : -1]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var channelsFirst = BiasAdd.IsChannelsFirst(node.Node);
        return node.Type("T") switch
        {
            DType.Float16 => new Sum<Half, float>(channelsFirst),
            DType.BFloat16 => new Sum<BFloat16, float>(channelsFirst),
            DType.Float32 => new Sum<float, double>(channelsFirst),
            var type => ElementTypes.Number(type, new Exact(channelsFirst)) ?? throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        // Every position of a channel has the bias's gradient: what BiasAdd of zeros gives.
        var zeros = g.Apply("ZerosLike", g.Input(0));
        return [g.NewNode("BiasAdd").Input(zeros).Input(g.OutputGradient(0)).Attr("data_format", g.Attr("data_format")).Build()[0]];
    }

    private readonly struct Exact(bool channelsFirst) : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new Sum<T, T>(channelsFirst);
    }

    private sealed class Sum<T, TSum>(bool channelsFirst) : Kernel where T : unmanaged, INumberBase<T> where TSum : unmanaged, INumberBase<TSum>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var value = context.Input(0);
            if (value.Rank < 2)
                throw EngineException.InvalidArgument($"Input tensor must be at least 2D: {value.Shape}");
            var channel = channelsFirst ? 1 : value.Rank - 1;
            var (outer, channels, inner) = (value.Shape.CountOf(0, channel), value.Shape[channel], value.Shape.CountOf(channel + 1, value.Rank));
            var result = context.Allocate(0, channels).AsSpan<T>();
            var sums = new TSum[channels];
            var x = value.Pointer<T>();
            for (var o = 0L; o < outer; o++)
            {
                for (var c = 0; c < sums.Length; c++)
                {
                    var sum = sums[c];
                    for (var i = 0L; i < inner; i++)
                        sum += TSum.CreateTruncating(*x++);
                    sums[c] = sum;
                }
            }
            for (var c = 0; c < sums.Length; c++)
                result[c] = T.CreateTruncating(sums[c]);
        }
    }
}
