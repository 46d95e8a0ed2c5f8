using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>What a fused convolution does with its results, as its node's attributes say: a bias, a tensor added, an activation.</summary>
internal sealed class ConvolutionEnd
{
    /// <summary>The attributes, in the form of op definitions.</summary>
    public const string Attributes = "bias:bool = false; residual:bool = false; activation:string = ''; alpha:float = 0.0; N:int >= 0";

    private readonly int _firstArgument;

    /// <summary>Reads the attributes of a node whose extra inputs begin at <paramref name="firstArgument"/>; a convolution that is not fused has none.</summary>
    public ConvolutionEnd(KernelBuilder node, int firstArgument)
    {
        _firstArgument = firstArgument;
        HasBias = node.Find("bias")?.AsBool() ?? false;
        HasResidual = node.Find("residual")?.AsBool() ?? false;
        string name = node.Find("activation")?.AsString() ?? "";
        Gemm.Activation activation = name.Length == 0 ? Gemm.Activation.None : Enum.Parse<Gemm.Activation>(name);
        Activation = new TileActivation(activation, node.Find("alpha")?.AsFloat() ?? 0);
        IsNothing = !HasBias && !HasResidual && activation == Gemm.Activation.None;
    }

    public bool HasBias { get; }

    public bool HasResidual { get; }

    /// <summary>Whether results stay what they are.</summary>
    public bool IsNothing { get; }

    public TileActivation Activation { get; }

    /// <summary>The bias, of as many elements as there are output channels.</summary>
    public unsafe float* Bias(KernelContext context, long channels)
    {
        if (!HasBias)
            return null;
        Tensor bias = context.Input(_firstArgument);
        if (bias.Rank != 1 || bias.Count != channels)
            throw EngineException.InvalidArgument($"Must provide as many biases as the last dimension of the input tensor: {bias.Shape} vs. {channels} channels");
        return bias.Pointer<float>();
    }

    /// <summary>The tensor that is added; null for none.</summary>
    public Tensor? Residual(KernelContext context) => HasResidual ? context.Input(_firstArgument + (HasBias ? 1 : 0)) : null;
}
