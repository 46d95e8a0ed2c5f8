using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Images;

/// <summary>Images in another size, each pixel the mean of the input area that it covers.</summary>
[Op("ResizeArea")]
internal sealed class ResizeArea : IOp
{
    public static void InferShapes(InferenceContext c) => ResizeGeometry.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(ResizeGeometry.Of(node))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    /// <summary>The pixels that an output covers, by the length covered; those past the edge count as the edge.</summary>
    private static Taps Coverage(in ResizeGeometry geometry, int input, int output)
    {
        var scale = geometry.Scale(input, output);
        var taps = new Taps(output, (int)Math.Min(MathF.Ceiling(scale) + 2, int.MaxValue));
        for (var x = 0; x < output; x++)
        {
            if (scale == 0)
            {
                // One pixel with aligned corners: it is all there is.
                taps.Add(x, 0, 1);
                continue;
            }
            var (from, to) = (x * scale, (x + 1) * scale);
            var end = (long)MathF.Ceiling(to);
            for (var i = (long)MathF.Floor(from); i < end; i++)
            {
                var covered = i < from ? (i + 1 > to ? scale : i + 1 - from) : (i + 1 > to ? to - i : 1);
                taps.Add(x, (int)Math.Min(i, input - 1), covered / scale);
            }
        }
        return taps;
    }

    private readonly struct Factory(ResizeGeometry geometry) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
        {
            var captured = geometry;
            return Kernel.From(context =>
            {
                var images = context.Input(0);
                var shape = ResizeGeometry.OutputShape(images, context.Input(1));
                var output = context.Allocate(0, shape);
                if (shape.Count == 0)
                    return;
                var rows = Coverage(captured, (int)images.Shape[1], (int)shape[1]);
                var columns = Coverage(captured, (int)images.Shape[2], (int)shape[2]);
                SeparableResampling.Forward<T>(context, images, rows, columns, output);
            });
        }
    }
}
