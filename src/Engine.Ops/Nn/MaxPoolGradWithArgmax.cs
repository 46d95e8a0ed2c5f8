using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The gradient of max pooling, from the places of the largest elements.</summary>
[Op("MaxPoolGradWithArgmax")]
internal sealed class MaxPoolGradWithArgmax : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 4));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var window = new WindowAttributes(node.Node, 2);
        PoolingShapes.Check(window, node.Node, depthwise: false);
        return ElementTypes.Real(node.Type("T"), new Factory(window, node.Bool("include_batch_in_index"))) ?? throw node.NoKernel();
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Factory(WindowAttributes window, bool countsBatch) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new Scatter<T>(window, countsBatch);
    }

    private sealed class Scatter<T>(WindowAttributes window, bool countsBatch) : Kernel
        where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            Tensor images = context.Input(0), gradient = context.Input(1), places = context.Input(2);
            PoolingShapes.Create(window, images.Shape, out Shape shape);
            if (gradient.Shape != shape || places.Shape != shape)
                throw EngineException.InvalidArgument($"grad {gradient.Shape} and argmax {places.Shape} must have the shape of the pooled images, {shape}");
            Span<T> output = context.AllocateZeros(0, images.Shape).AsSpan<T>(), slopes = gradient.AsSpan<T>();
            if (slopes.Length == 0)
                return;
            var size = images.Shape.CountOf(1, 4);
            var perImage = slopes.Length / shape[0];
            for (int i = 0; i < slopes.Length; i++)
            {
                var place = places.Type == DType.Int32 ? places.AsSpan<int>()[i] : places.AsSpan<long>()[i];
                var limit = countsBatch ? output.Length : size;
                if (place < 0 || place >= limit)
                    throw EngineException.InvalidArgument($"argmax {place} is not in [0, {limit})");
                output[(int)(countsBatch ? place : place + (i / perImage * size))] += slopes[i];
            }
        }
    }
}
