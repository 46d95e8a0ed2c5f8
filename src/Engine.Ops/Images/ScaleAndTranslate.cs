using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Images;

/// <summary>Images scaled and moved, sampled with a choice of filters.</summary>
[Op("ScaleAndTranslate")]
internal sealed class ScaleAndTranslate : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        ResizeGeometry.InferShapes(c);
        c.Input(2, 1);
        c.Input(3, 1);
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(Filter(node), node.Bool("antialias"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var images = g.Type("T") == DType.Float32 ? g.Input(0) : g.NewNode("Cast").Input(g.Input(0)).Attr("DstT", DType.Float32).Build()[0];
        var gradient = g.NewNode("ScaleAndTranslateGrad").Input(g.OutputGradient(0)).Input(images).Input(g.Input(2)).Input(g.Input(3))
            .Attr("kernel_type", g.Attr("kernel_type")).Attr("antialias", g.Attr("antialias")).Build()[0];
        return [gradient, null, null, null];
    }

    /// <summary>The filter that a node names.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for an unknown one.</exception>
    internal static ResamplingFilter Filter(KernelBuilder node)
        => ResamplingFilter.Find(node.String("kernel_type")) ?? throw node.Fail($"Unrecognized kernel type: {node.String("kernel_type")}");

    /// <summary>The two elements, for rows and columns, of a scale or translation.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape, or a scale that is not positive.</exception>
    internal static (float Rows, float Columns) Pair(Tensor values, bool isScale)
    {
        if (values.Rank != 1 || values.Count != 2)
            throw EngineException.InvalidArgument($"{(isScale ? "scale" : "translation")} must be a vector of 2 elements, not {values.Shape}");
        var span = values.AsSpan<float>();
        if (isScale && !(span[0] > 0 && span[1] > 0))
            throw EngineException.InvalidArgument("Scale must be greater than zero.");
        return (span[0], span[1]);
    }

    private readonly struct Factory(ResamplingFilter filter, bool antialias) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
        {
            var (filter, antialias) = (this.filter, this.antialias);
            return Kernel.From(context =>
            {
                var images = context.Input(0);
                var shape = ResizeGeometry.OutputShape(images, context.Input(1));
                var scale = Pair(context.Input(2), true);
                var translation = Pair(context.Input(3), false);
                var output = context.Allocate(0, shape);
                if (shape.Count == 0)
                    return;
                var rows = filter.Spans((int)images.Shape[1], (int)shape[1], scale.Rows, translation.Rows, antialias);
                var columns = filter.Spans((int)images.Shape[2], (int)shape[2], scale.Columns, translation.Columns, antialias);
                SeparableResampling.Forward<T>(context, images, rows, columns, output);
            });
        }

        private readonly ResamplingFilter filter = filter;
        private readonly bool antialias = antialias;
    }
}
