using System.Numerics;
using System.Numerics.Tensors;
using Engine.OpModel;

namespace Engine.Ops.Optimizers;

/// <summary>Gradient descent: <c>var -= alpha * delta</c>.</summary>
[Op("ApplyGradientDescent", "ResourceApplyGradientDescent")]
internal sealed class ApplyGradientDescent : IOp
{
    public static void InferShapes(InferenceContext c) => DenseUpdate.InferShapes<Rule>(c);

    public static Kernel CreateKernel(KernelBuilder node) => DenseUpdate.Kernel<Rule>(node);

    internal readonly struct Rule : IDenseRule
    {
        public static int Variables => 1;

        public static int Gradient => 2;

        public static void Apply<T>(Tensor[] variables, ReadOnlySpan<T> scalars, ReadOnlySpan<T> gradient, bool useNesterov) where T : unmanaged, INumberBase<T>
        {
            var value = variables[0].AsSpan<T>();
            TensorPrimitives.MultiplyAdd(gradient, -scalars[0], value, value);
        }
    }
}
