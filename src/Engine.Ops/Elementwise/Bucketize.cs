using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>How many of the sorted boundaries are not above each element.</summary>
[Op("Bucketize")]
internal sealed class Bucketize : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var boundaries = node.Floats("boundaries");
        for (var i = 1; i < boundaries.Length; i++)
        {
            if (boundaries[i] < boundaries[i - 1])
                throw node.Fail("Expected sorted boundaries");
        }
        return node.Type("T") switch
        {
            DType.Int32 => new BucketKernel<int>(boundaries),
            DType.Int64 => new BucketKernel<long>(boundaries),
            DType.Float32 => new BucketKernel<float>(boundaries),
            DType.Float64 => new BucketKernel<double>(boundaries),
            _ => throw node.NoKernel(),
        };
    }

    private sealed class BucketKernel<T>(float[] boundaries) : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var x = context.Input(0).AsSpan<T>();
            var buckets = context.Allocate(0, context.Input(0).Shape).AsSpan<int>();
            for (var i = 0; i < x.Length; i++)
            {
                var value = double.CreateTruncating(x[i]);
                var (low, high) = (0, boundaries.Length);
                while (low < high)
                {
                    var middle = (low + high) / 2;
                    // NaN is below no boundary.
                    if (value < boundaries[middle])
                        high = middle;
                    else
                        low = middle + 1;
                }
                buckets[i] = low;
            }
        }
    }
}
