using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Normalises rows: the mean, then the mean of the squared differences, then the result, all while the row is in the first-level cache.</summary>
internal sealed unsafe class LayerNormKernel(KernelBuilder node) : Kernel
{
    private readonly float epsilon = node.Float("epsilon");

    public override void Compute(KernelContext context)
    {
        Tensor x = context.Input(0), gamma = context.Input(1), beta = context.Input(2);
        if (x.Rank == 0 || gamma.Rank != 1 || beta.Rank != 1 || x.Shape[-1] != gamma.Count || x.Shape[-1] != beta.Count)
            throw EngineException.InvalidArgument($"Incompatible shapes: {x.Shape} with scales {gamma.Shape} and offsets {beta.Shape}");
        var source = x.Pointer<float>();
        var body = new Rows(source, gamma.Pointer<float>(), beta.Pointer<float>(), context.ForwardOrAllocate(0, 0, x.Shape).Pointer<float>(), gamma.Count, epsilon);
        if (x.Count > 0)
            context.Workers.Run(x.Count / gamma.Count, 20 + gamma.Count, ref body);
    }

    private readonly struct Rows(float* x, float* gamma, float* beta, float* y, long columns, float epsilon) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            for (var row = start; row < end; row++)
            {
                var source = x + (row * columns);
                var target = y + (row * columns);
                if (Vector512.IsHardwareAccelerated)
                    Row<Lanes512<float>, Vector512<float>>(source, target);
                else if (Vector256.IsHardwareAccelerated)
                    Row<Lanes256<float>, Vector256<float>>(source, target);
                else if (Vector128.IsHardwareAccelerated)
                    Row<Lanes128<float>, Vector128<float>>(source, target);
                else
                    Row<ScalarLanes<float>, float>(source, target);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Row<W, V>(float* source, float* target) where W : struct, IFloatLanes<V, float>
        {
            var count = (nint)columns;
            V s0 = W.Zero, s1 = W.Zero;
            nint i = 0;
            for (; i + (2 * W.Count) <= count; i += 2 * W.Count)
            {
                s0 = W.Add(s0, W.Load(ref *source, i));
                s1 = W.Add(s1, W.Load(ref *source, i + W.Count));
            }
            var sum = W.Sum(W.Add(s0, s1));
            for (; i < count; i++)
                sum += source[i];
            var mean = sum / columns;

            var shift = W.Broadcast(mean);
            s0 = s1 = W.Zero;
            for (i = 0; i + (2 * W.Count) <= count; i += 2 * W.Count)
            {
                V d0 = W.Sub(W.Load(ref *source, i), shift), d1 = W.Sub(W.Load(ref *source, i + W.Count), shift);
                s0 = W.Add(s0, W.Mul(d0, d0));
                s1 = W.Add(s1, W.Mul(d1, d1));
            }
            var squares = W.Sum(W.Add(s0, s1));
            for (; i < count; i++)
                squares += (source[i] - mean) * (source[i] - mean);
            var scale = 1 / float.Sqrt((squares / columns) + epsilon);

            var factor = W.Broadcast(scale);
            for (i = 0; i + W.Count <= count; i += W.Count)
                W.Store(W.Add(W.Mul(W.Mul(W.Sub(W.Load(ref *source, i), shift), factor), W.Load(ref *gamma, i)), W.Load(ref *beta, i)), ref *target, i);
            for (; i < count; i++)
                target[i] = ((source[i] - mean) * scale * gamma[i]) + beta[i];
        }
    }
}
