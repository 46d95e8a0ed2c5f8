using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>What happens to each result of a convolution before it leaves: limits while it is in a register, anything else by a loop over the finished tile.</summary>
internal readonly unsafe struct TileActivation
{
    private readonly delegate*<float*, long, long, long, float, void> _loop;
    private readonly float _alpha;

    /// <summary>Describes an activation.</summary>
    public TileActivation(Activation activation, float alpha = 0)
    {
        Low = activation is Activation.Relu or Activation.Relu6 ? 0 : float.NegativeInfinity;
        High = activation == Activation.Relu6 ? 6 : float.PositiveInfinity;
        if (activation is not (Activation.None or Activation.Relu or Activation.Relu6))
            _loop = ActivationRows.Of(activation);
        _alpha = alpha;
    }

    /// <summary>Values below become this one; NaN stays.</summary>
    public float Low { get; }

    /// <summary>Values above become this one; NaN stays.</summary>
    public float High { get; }

    /// <summary>Whether <see cref="Apply(float*, long)"/> does something beyond the limits.</summary>
    public bool HasLoop => _loop != null;

    /// <summary>Applies what the limits do not say to finished values.</summary>
    public void Apply(float* values, long count) => _loop(values, 0, 1, count, _alpha);

    /// <summary>The same for rows that lie <paramref name="step"/> apart.</summary>
    public void Apply(float* values, long step, long rows, long columns) => _loop(values, step, rows, columns, _alpha);
}
