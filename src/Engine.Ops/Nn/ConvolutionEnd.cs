using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>What a fused convolution does with its results, as its node's attributes say: factors, a bias, a tensor added, an activation.</summary>
internal sealed class ConvolutionEnd
{
    /// <summary>The attributes, in the form of op definitions.</summary>
    public const string Attributes = "scale:bool = false; bias:bool = false; residual:bool = false; activation:string = ''; alpha:float = 0.0; N:int >= 0";

    private readonly int _firstArgument;

    /// <summary>
    /// Reads the attributes of a node, whose names begin with <paramref name="prefix"/> and whose extra inputs begin at <paramref name="firstArgument"/>; a convolution that
    /// is not fused has none.
    /// </summary>
    public ConvolutionEnd(KernelBuilder node, int firstArgument, string prefix = "")
    {
        _firstArgument = firstArgument;
        HasScale = node.Find(prefix + "scale")?.AsBool() ?? false;
        HasBias = node.Find(prefix + "bias")?.AsBool() ?? false;
        HasResidual = node.Find(prefix + "residual")?.AsBool() ?? false;
        string name = node.Find(prefix + "activation")?.AsString() ?? "";
        Gemm.Activation activation = name.Length == 0 ? Gemm.Activation.None : Enum.Parse<Gemm.Activation>(name);
        Activation = new TileActivation(activation, node.Find(prefix + "alpha")?.AsFloat() ?? 0);
        IsNothing = !HasScale && !HasBias && !HasResidual && activation == Gemm.Activation.None;
    }

    public bool HasScale { get; }

    public bool HasBias { get; }

    public bool HasResidual { get; }

    /// <summary>How many extra inputs there are.</summary>
    public int Arguments => (HasScale ? 1 : 0) + (HasBias ? 1 : 0) + (HasResidual ? 1 : 0);

    /// <summary>Whether results stay what they are.</summary>
    public bool IsNothing { get; }

    public TileActivation Activation { get; }

    /// <summary>The end of a run.</summary>
    /// <param name="context">The run.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="residual">What is added; null for nothing.</param>
    /// <param name="activates">Whether the activation follows.</param>
    public unsafe TileEnd Of(KernelContext context, long channels, Tensor? residual, bool activates = true)
        => new(
            HasScale ? Vector(context, 0, channels) : null,
            HasBias ? Vector(context, HasScale ? 1 : 0, channels) : null,
            residual is null ? null : residual.Pointer<float>(),
            activates ? Activation : new TileActivation(Gemm.Activation.None));

    /// <summary>The tensor that is added; null for none.</summary>
    public Tensor? Residual(KernelContext context) => HasResidual ? context.Input(_firstArgument + (HasScale ? 1 : 0) + (HasBias ? 1 : 0)) : null;

    private unsafe float* Vector(KernelContext context, int argument, long channels)
    {
        Tensor vector = context.Input(_firstArgument + argument);
        if (vector.Rank != 1 || vector.Count != channels)
            throw EngineException.InvalidArgument($"Must provide as many biases as the last dimension of the input tensor: {vector.Shape} vs. {channels} channels");
        return vector.Pointer<float>();
    }
}
