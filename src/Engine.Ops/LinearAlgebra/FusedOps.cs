using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The ops that a product ends with: attribute <c>fused_ops</c> of a node whose inputs from the third on are their arguments.</summary>
internal sealed class FusedOps
{
    private readonly bool hasBias;
    private readonly Activation activation;
    private readonly float alpha;

    internal FusedOps(KernelBuilder node)
    {
        var names = node.Strings("fused_ops");
        alpha = node.Float("leakyrelu_alpha");
        var at = 0;
        if (at < names.Length && names[at] == "BiasAdd")
        {
            hasBias = true;
            at++;
        }
        if (at < names.Length && Enum.TryParse<Activation>(names[at], out var parsed) && parsed != Activation.None && Enum.GetName(parsed) == names[at])
        {
            activation = parsed;
            at++;
        }
        if (at < names.Length)
            throw node.Fail($"Fusion is not implemented: [{string.Join(", ", names)}]");
        if (node.InputCount != (hasBias ? 3 : 2))
            throw node.Fail($"Fused {node.Node.Op} must have {(hasBias ? "one extra argument: bias" : "no extra arguments")}.");
    }

    /// <summary>What follows the sums of a product of so many columns.</summary>
    internal Epilogue<T> For<T>(KernelContext context, long columns) where T : unmanaged, INumberBase<T>
        => For<T>(context.Input(context.InputCount - 1), columns);

    /// <summary>The same with another tensor for the bias.</summary>
    internal unsafe Epilogue<T> For<T>(Tensor bias, long columns) where T : unmanaged, INumberBase<T>
    {
        if (!hasBias)
            return new Epilogue<T>(null, activation, alpha);
        if (bias.Rank != 1)
            throw EngineException.InvalidArgument($"Biases must be 1D: {bias.Shape}");
        if (bias.Shape[0] != columns)
            throw EngineException.InvalidArgument($"Must provide as many biases as the product has columns: {bias.Shape} vs. {columns}");
        return new Epilogue<T>(bias.Pointer<T>(), activation, alpha);
    }
}
