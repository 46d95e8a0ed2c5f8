using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.RandomNumbers;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>A random window of an image that holds enough of one of its objects. How much, is an attribute in the first version and an input later.</summary>
[Op("SampleDistortedBoundingBox", "SampleDistortedBoundingBoxV2", "StatelessSampleDistortedBoundingBox")]
internal sealed class SampleDistortedBoundingBox : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.Input(1, 3);
        if (c.InputCount > 2)
            c.Input(2, 0);
        c.SetOutput(0, PartialShape.Vector(3));
        c.SetOutput(1, PartialShape.Vector(3));
        c.SetOutput(2, new PartialShape(1, 1, 4));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var rules = WindowRules.Of(node);
        var source = node.InputCount == 4 ? RandomSource.SeedInput(3) : RandomSource.Seeded(node);
        return node.Type("T") switch
        {
            DType.UInt8 => new Sampling<byte>(rules, source),
            DType.Int8 => new Sampling<sbyte>(rules, source),
            DType.Int16 => new Sampling<short>(rules, source),
            DType.Int32 => new Sampling<int>(rules, source),
            DType.Int64 => new Sampling<long>(rules, source),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private sealed class Sampling<T>(WindowRules rules, RandomSource source) : Kernel where T : unmanaged, IBinaryInteger<T>
    {
        public override void Compute(KernelContext context)
        {
            var imageSize = context.Input(0);
            if (imageSize.Rank != 1 || imageSize.Count != 3)
                throw EngineException.InvalidArgument($"image_size must be a vector of 3 elements, not {imageSize.Shape}");
            var (height, width) = (Side(imageSize.AsSpan<T>()[0]), Side(imageSize.AsSpan<T>()[1]));
            var covered = context.InputCount > 2 ? WindowRules.CheckCovered(context.Input(2)) : rules.MinCovered;
            var objects = rules.Objects(context.Input(1), height, width);
            var window = rules.Sample(source.Take(context, (UInt128)rules.MaxAttempts), objects, covered, height, width);

            var begin = context.Allocate(0, Shape.Vector(3)).AsSpan<T>();
            (begin[0], begin[1], begin[2]) = (T.CreateTruncating(window.Top), T.CreateTruncating(window.Left), T.Zero);
            var size = context.Allocate(1, Shape.Vector(3)).AsSpan<T>();
            (size[0], size[1], size[2]) = (T.CreateTruncating(window.Height), T.CreateTruncating(window.Width), T.CreateTruncating(-1));
            var box = context.Allocate(2, new Shape(1, 1, 4)).AsSpan<float>();
            (box[0], box[1]) = ((float)window.Top / height, (float)window.Left / width);
            (box[2], box[3]) = ((float)window.Bottom / height, (float)window.Right / width);
        }

        private static int Side(T value)
        {
            var side = long.CreateTruncating(value);
            return side is >= 0 and < int.MaxValue ? (int)side : throw EngineException.InvalidArgument($"image sides must be 32-bit numbers and not negative, not {side}");
        }
    }
}
