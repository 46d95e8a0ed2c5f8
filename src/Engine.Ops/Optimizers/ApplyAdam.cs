using System.Numerics;
using Engine.OpModel;

namespace Engine.Ops.Optimizers;

/// <summary>Adam: running means of the gradient and its square; <c>var -= lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)</c>.</summary>
[Op("ApplyAdam", "ResourceApplyAdam")]
internal sealed class ApplyAdam : IOp
{
    public static void InferShapes(InferenceContext c) => DenseUpdate.InferShapes<Rule>(c);

    public static Kernel CreateKernel(KernelBuilder node) => DenseUpdate.Kernel<Rule>(node);

    internal readonly struct Rule : IDenseRule
    {
        public static int Variables => 3;

        public static int Gradient => 9;

        public static void Apply<T>(Tensor[] variables, ReadOnlySpan<T> scalars, ReadOnlySpan<T> gradient, bool useNesterov) where T : unmanaged, INumberBase<T>
        {
            var (beta1, beta2, epsilon) = (scalars[3], scalars[4], scalars[5]);
            var rate = scalars[2] * SquareRoot.Of(T.One - scalars[1]) / (T.One - scalars[0]);
            var value = variables[0].AsSpan<T>();
            var m = variables[1].AsSpan<T>();
            var v = variables[2].AsSpan<T>();
            var (new1, new2) = (T.One - beta1, T.One - beta2);
            var i = 0;
            // Short floats and complex numbers have no vectors.
            if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            {
                for (; i <= value.Length - Vector<T>.Count; i += Vector<T>.Count)
                {
                    var g = new Vector<T>(gradient[i..]);
                    var mean = new Vector<T>(m[i..]);
                    mean += (g - mean) * new1;
                    var square = new Vector<T>(v[i..]);
                    square += (g * g - square) * new2;
                    mean.CopyTo(m[i..]);
                    square.CopyTo(v[i..]);
                    var step = useNesterov ? g * new1 + mean * beta1 : mean;
                    (new Vector<T>(value[i..]) - step * rate / (Vector.SquareRoot(square) + new Vector<T>(epsilon))).CopyTo(value[i..]);
                }
            }
            for (; i < value.Length; i++)
            {
                var g = gradient[i];
                m[i] += (g - m[i]) * new1;
                v[i] += (g * g - v[i]) * new2;
                var step = useNesterov ? g * new1 + m[i] * beta1 : m[i];
                value[i] -= step * rate / (SquareRoot.Of(v[i]) + epsilon);
            }
        }
    }
}
