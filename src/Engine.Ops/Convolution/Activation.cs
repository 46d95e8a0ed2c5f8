using Engine.Ops.Elementwise;
using Engine.Ops.Lanes;
using Engine.Ops.Nn;
using Engine.Ops.Traversal;

namespace Engine.Ops.Convolution;

/// <summary>What happens to each result of a convolution before it is stored: limits in registers, anything else by a loop over the finished tile.</summary>
internal sealed unsafe class Activation
{
    private readonly delegate*<float*, long, float, void> _loop;
    private readonly float _alpha;

    private Activation(float low, float high, delegate*<float*, long, float, void> loop = null, float alpha = 0)
    {
        (Low, High, _loop, _alpha) = (low, high, loop, alpha);
    }

    /// <summary>Leaves values as they are.</summary>
    public static Activation None { get; } = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>Values below become this one; NaN stays.</summary>
    public float Low { get; }

    /// <summary>Values above become this one; NaN stays.</summary>
    public float High { get; }

    /// <summary>Whether <see cref="Apply"/> does something beyond the limits.</summary>
    public bool HasLoop => _loop != null;

    /// <summary>The activation that an op computes; null for an op that is none.</summary>
    public static Activation? Find(string op, float alpha) => op switch
    {
        "" => None,
        "Relu" => new(0, float.PositiveInfinity),
        "Relu6" => new(0, 6),
        "Elu" => Loop<Elu.Body>(),
        "Selu" => Loop<Selu.Body>(),
        "Sigmoid" => Loop<Sigmoid.Body>(),
        "Tanh" => Loop<Tanh.Body>(),
        "Softplus" => Loop<Softplus.Body>(),
        "_Swish" => Loop<Swish.Body>(),
        "LeakyRelu" => new(float.NegativeInfinity, float.PositiveInfinity, &Leaky, alpha),
        _ => null,
    };

    /// <summary>Applies what the limits do not say to finished values.</summary>
    public void Apply(float* values, long count) => _loop(values, count, _alpha);

    private static Activation Loop<TBody>() where TBody : struct, IFloatBody => new(float.NegativeInfinity, float.PositiveInfinity, &Run<TBody>);

    private static void Run<TBody>(float* values, long count, float alpha) where TBody : struct, IFloatBody
        => FloatLoop<TBody, float>.Run(ref *values, ref *values, (nint)count);

    private static void Leaky(float* values, long count, float alpha)
        => FloatLoop2<LeakyRelu.Scale, float>.Run(ref *values, ref alpha, ref *values, (nint)count, false, true);
}
