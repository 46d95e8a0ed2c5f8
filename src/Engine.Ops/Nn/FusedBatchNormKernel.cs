using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Batch normalisation forward, computed in float32.</summary>
internal sealed class FusedBatchNormKernel(KernelBuilder node) : Kernel
{
    private readonly DType type = node.Type("T");
    private readonly float epsilon = node.Float("epsilon");
    private readonly float factor = node.Float("exponential_avg_factor");
    private readonly bool isTraining = node.Bool("is_training");

    public override void Compute(KernelContext context)
    {
        var x = context.Input(0);
        var shape = BatchNormShape.Of(x.Shape, context.Node);
        shape.CheckVector(context.Input(1), "scale");
        shape.CheckVector(context.Input(2), "offset");
        if (context.Input(3).Rank != 1 || context.Input(4).Rank != 1)
            throw EngineException.InvalidArgument($"estimated_mean and estimated_variance must be 1-dimensional, not {context.Input(3).Shape} and {context.Input(4).Shape}");
        if (!isTraining || factor != 1)
        {
            shape.CheckVector(context.Input(3), "estimated_mean");
            shape.CheckVector(context.Input(4), "estimated_variance");
        }
        switch (type)
        {
            case DType.Float32:
                Run(context, x, context.ForwardOrAllocate(0, 0, x.Shape), shape);
                break;
            case DType.Float16:
                Narrow<Half>(context, x, shape);
                break;
            default:
                Narrow<BFloat16>(context, x, shape);
                break;
        }
        if (context.OutputCount > 5)
            context.AllocateZeros(5, Shape.Scalar);
    }

    private void Narrow<TNarrow>(KernelContext context, Tensor x, BatchNormShape shape) where TNarrow : unmanaged
    {
        using var wide = WideTensor.Of<TNarrow>(context, x);
        Run(context, wide, wide, shape);
        WideTensor.Narrow<TNarrow>(wide, context.Allocate(0, x.Shape));
    }

    private unsafe void Run(KernelContext context, Tensor x, Tensor y, BatchNormShape shape)
    {
        var channels = (int)shape.Channels;
        var vector = Shape.Vector(channels);
        var mean = context.Allocate(1, vector).AsSpan<float>();
        var variance = context.Allocate(2, vector).AsSpan<float>();
        var savedMean = context.Allocate(3, vector).AsSpan<float>();
        var savedVariance = context.Allocate(4, vector).AsSpan<float>();
        if (isTraining)
        {
            Statistics(x.Pointer<float>(), shape, savedMean, savedVariance);
            var correction = shape.Rest > 1 ? (float)shape.Rest / (shape.Rest - 1) : 1f;
            for (var c = 0; c < channels; c++)
            {
                mean[c] = factor == 1 ? savedMean[c] : (1 - factor) * context.Input(3).AsSpan<float>()[c] + factor * savedMean[c];
                var corrected = savedVariance[c] * correction;
                variance[c] = factor == 1 ? corrected : (1 - factor) * context.Input(4).AsSpan<float>()[c] + factor * corrected;
            }
        }
        else
        {
            context.Input(3).AsSpan<float>().CopyTo(mean);
            context.Input(4).AsSpan<float>().CopyTo(variance);
            mean.CopyTo(savedMean);
            variance.CopyTo(savedVariance);
        }
        using var scales = context.Temporary(DType.Float32, vector);
        var scale = scales.AsSpan<float>();
        for (var c = 0; c < channels; c++)
            scale[c] = context.Input(1).AsSpan<float>()[c] / MathF.Sqrt(savedVariance[c] + epsilon);
        fixed (float* m = savedMean, s = scale, o = context.Input(2).AsSpan<float>())
        {
            var body = new Normalize(x.Pointer<float>(), y.Pointer<float>(), m, s, o, shape);
            context.Workers.Run(shape.Inner == 1 ? shape.Outer : shape.Outer * shape.Channels, shape.Inner == 1 ? shape.Channels : shape.Inner, ref body);
        }
    }

    // Two passes, each in double: the variance of values far from zero loses nothing.
    private static unsafe void Statistics(float* x, BatchNormShape shape, Span<float> mean, Span<float> variance)
    {
        var channels = mean.Length;
        var sums = new double[channels];
        Add(x, shape, sums, null);
        var means = new double[channels];
        for (var c = 0; c < channels; c++)
        {
            means[c] = sums[c] / shape.Rest;
            sums[c] = 0;
        }
        Add(x, shape, sums, means);
        for (var c = 0; c < channels; c++)
        {
            mean[c] = (float)means[c];
            variance[c] = (float)(sums[c] / shape.Rest);
        }
    }

    private static unsafe void Add(float* x, BatchNormShape shape, double[] sums, double[]? means)
    {
        for (var o = 0L; o < shape.Outer; o++)
        {
            for (var c = 0; c < sums.Length; c++)
            {
                var m = means is null ? 0 : means[c];
                var sum = 0.0;
                for (var i = 0L; i < shape.Inner; i++)
                {
                    var d = *x++ - m;
                    sum += means is null ? d : d * d;
                }
                sums[c] += sum;
            }
        }
    }

    /// <summary>(x - mean) · scale + offset, pixel by pixel with channels last, else channel by channel.</summary>
    private readonly unsafe struct Normalize(float* x, float* y, float* mean, float* scale, float* offset, BatchNormShape shape) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            if (Vector512.IsHardwareAccelerated)
                Rows<Lanes512<float>, Vector512<float>>(start, end);
            else if (Vector256.IsHardwareAccelerated)
                Rows<Lanes256<float>, Vector256<float>>(start, end);
            else if (Vector128.IsHardwareAccelerated)
                Rows<Lanes128<float>, Vector128<float>>(start, end);
            else
                Rows<ScalarLanes<float>, float>(start, end);
        }

        private void Rows<W, V>(long start, long end) where W : struct, IFloatLanes<V, float>
        {
            if (shape.Inner == 1)
            {
                for (var row = start; row < end; row++)
                    Pixel<W, V>(x + row * shape.Channels, y + row * shape.Channels);
                return;
            }
            for (var row = start; row < end; row++)
            {
                var c = row % shape.Channels;
                var m = W.Broadcast(mean[c]);
                var s = W.Broadcast(scale[c]);
                var b = W.Broadcast(offset[c]);
                var from = x + row * shape.Inner;
                var to = y + row * shape.Inner;
                nint i = 0;
                for (; i + W.Count <= shape.Inner; i += W.Count)
                    W.Store(W.Fma(W.Sub(W.Load(ref *from, i), m), s, b), ref *to, i);
                for (; i < shape.Inner; i++)
                    to[i] = (from[i] - mean[c]) * scale[c] + offset[c];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Pixel<W, V>(float* from, float* to) where W : struct, IFloatLanes<V, float>
        {
            nint c = 0;
            for (; c + W.Count <= shape.Channels; c += W.Count)
                W.Store(W.Fma(W.Sub(W.Load(ref *from, c), W.Load(ref *mean, c)), W.Load(ref *scale, c), W.Load(ref *offset, c)), ref *to, c);
            for (; c < shape.Channels; c++)
                to[c] = (from[c] - mean[c]) * scale[c] + offset[c];
        }
    }
}
