using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>A window of an image at a random place.</summary>
[Op("RandomCrop")]
internal sealed class RandomCrop : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape image = c.Input(0, 3), size = c.InputAsShape(1);
        c.Input(1, 1);
        c.SetOutput(0, size.Rank == 2 ? new PartialShape(size[0], size[1], image[2]) : PartialShape.OfRank(3));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Move(node.Type("T", TypeGroups.Real), new Factory(RandomSource.Seeded(node)));

    private readonly struct Factory(RandomSource source) : IMoveFactory
    {
        public Kernel Create<T>() => new CropKernel<T>(source);
    }

    private sealed class CropKernel<T>(RandomSource source) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            Tensor image = context.Input(0);
            if (image.Rank != 3)
                throw EngineException.InvalidArgument($"input must be 3-dimensional {image.Shape}");
            long[] size = IndexTensor.Vector(context.Input(1), "size");
            if (size.Length != 2)
                throw EngineException.InvalidArgument($"size must have 2 elements, got {size.Length}");
            long height = image.Shape[0], width = image.Shape[1], depth = image.Shape[2];
            var shape = new Shape(size[0], size[1], depth);
            if (size[0] > height || size[1] > width)
                throw EngineException.FailedPrecondition($"width must be >= target_width and height >= target_height: {image.Shape} vs. {shape}");
            if (size[0] == height && size[1] == width)
            {
                context.Forward(0, 0);
                return;
            }
            var reader = new PhiloxReader(source.Take(context, 1));
            long left = size[1] < width ? reader.Next() % (width - size[1] + 1) : 0;
            long top = size[0] < height ? reader.Next() % (height - size[0] + 1) : 0;
            ReadOnlySpan<T> from = image.AsRawSpan<T>();
            Span<T> to = context.Allocate(0, shape).AsRawSpan<T>();
            int row = (int)(size[1] * depth);
            for (int y = 0; y < size[0] && row > 0; y++)
                from.Slice((int)(((top + y) * width + left) * depth), row).CopyTo(to[(y * row)..]);
        }
    }
}
