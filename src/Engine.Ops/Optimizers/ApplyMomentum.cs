using System.Numerics;
using System.Numerics.Tensors;
using Engine.OpModel;

namespace Engine.Ops.Optimizers;

/// <summary>Momentum: <c>accum = accum * momentum + grad; var -= lr * accum</c>, or with Nesterov <c>var -= lr * (grad + momentum * accum)</c>.</summary>
[Op("ApplyMomentum", "ResourceApplyMomentum")]
internal sealed class ApplyMomentum : IOp
{
    public static void InferShapes(InferenceContext c) => DenseUpdate.InferShapes<Rule>(c);

    public static Kernel CreateKernel(KernelBuilder node) => DenseUpdate.Kernel<Rule>(node);

    internal readonly struct Rule : IDenseRule
    {
        public static int Variables => 2;

        public static int Gradient => 3;

        public static void Apply<T>(Tensor[] variables, ReadOnlySpan<T> scalars, ReadOnlySpan<T> gradient, bool useNesterov) where T : unmanaged, INumberBase<T>
        {
            var value = variables[0].AsSpan<T>();
            var momentum = variables[1].AsSpan<T>();
            var (rate, decay) = (scalars[0], scalars[1]);
            TensorPrimitives.MultiplyAdd(momentum, decay, gradient, momentum);
            if (useNesterov)
            {
                TensorPrimitives.MultiplyAdd(gradient, -rate, value, value);
                TensorPrimitives.MultiplyAdd(momentum, -(rate * decay), value, value);
            }
            else
            {
                TensorPrimitives.MultiplyAdd(momentum, -rate, value, value);
            }
        }
    }
}
