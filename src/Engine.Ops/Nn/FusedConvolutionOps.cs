using Engine.Graphs;
using Engine.Ops.Gemm;

namespace Engine.Ops.Nn;

/// <summary>Attribute <c>fused_ops</c> of a convolution whose inputs from the third on are their arguments.</summary>
internal sealed class FusedConvolutionOps
{
    private readonly double _epsilon;

    /// <exception cref="EngineException">INVALID_ARGUMENT for ops that do not go together, or another number of arguments than they take.</exception>
    internal FusedConvolutionOps(Node node)
    {
        string[] names = [.. node.Attr("fused_ops").AsList().Select(v => v.AsString())];
        _epsilon = node.Attr("epsilon").AsFloat();
        int at = 0;
        HasBias = Takes("BiasAdd");
        HasNorm = !HasBias && Takes("FusedBatchNorm");
        HasAddend = HasBias && Takes("Add");
        if (at < names.Length && Enum.TryParse(names[at], out Activation activation) && activation != Activation.None && Enum.GetName(activation) == names[at])
        {
            Activation = activation;
            Alpha = activation == Activation.LeakyRelu ? node.Attr("leakyrelu_alpha").AsFloat() : 0;
            at++;
        }
        if (at < names.Length || names.Length == 0)
            throw EngineException.InvalidArgument($"Fusion is not implemented: [{string.Join(", ", names)}]").At(node.Name, node.Op);
        int arguments = HasNorm ? 4 : (HasBias ? 1 : 0) + (HasAddend ? 1 : 0);
        if (node.InputTypes.Count != 2 + arguments)
            throw EngineException.InvalidArgument($"Fused {node.Op} must have {arguments} extra arguments.").At(node.Name, node.Op);
        if (!node.Attr("data_format").AsString().EndsWith('C'))
            throw EngineException.InvalidArgument($"{node.Op} is computed with channels last only.").At(node.Name, node.Op);

        bool Takes(string name)
        {
            bool takes = at < names.Length && names[at] == name;
            at += takes ? 1 : 0;
            return takes;
        }
    }

    internal bool HasBias { get; }

    /// <summary>Whether the arguments are scale, offset, mean and variance of batch normalisation.</summary>
    internal bool HasNorm { get; }

    /// <summary>Whether images are added, the last argument.</summary>
    internal bool HasAddend { get; }

    internal Activation Activation { get; }

    internal float Alpha { get; }

    /// <summary>Batch normalisation as a factor and an offset for each channel.</summary>
    internal (double[] Factors, double[] Offsets) Normalisation<T>(ReadOnlySpan<T> scale, ReadOnlySpan<T> offset, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance)
        where T : System.Numerics.INumberBase<T>
    {
        var (factors, offsets) = (new double[scale.Length], new double[scale.Length]);
        for (int i = 0; i < factors.Length; i++)
        {
            factors[i] = double.CreateTruncating(scale[i]) / Math.Sqrt(double.CreateTruncating(variance[i]) + _epsilon);
            offsets[i] = double.CreateTruncating(offset[i]) - (double.CreateTruncating(mean[i]) * factors[i]);
        }

        return (factors, offsets);
    }
}
