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
    private readonly bool hasAddend;
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
        if (at < names.Length && names[at] == "Add")
        {
            hasAddend = true;
            at++;
        }
        if (at < names.Length && Enum.TryParse<Activation>(names[at], out var parsed) && parsed != Activation.None && Enum.GetName(parsed) == names[at])
        {
            activation = parsed;
            at++;
        }
        if (at < names.Length)
            throw node.Fail($"Fusion is not implemented: [{string.Join(", ", names)}]");
        var arguments = (hasBias ? 1 : 0) + (hasAddend ? 1 : 0);
        if (node.InputCount != 2 + arguments)
            throw node.Fail($"Fused {node.Node.Op} must have {arguments} extra arguments.");
    }

    /// <summary>Whether a matrix is added: the last input.</summary>
    internal bool HasAddend => hasAddend;

    /// <summary>What follows the sums of a product of so many columns.</summary>
    internal Epilogue<T> For<T>(KernelContext context, long columns) where T : unmanaged, INumberBase<T>
        => For<T>(context.Input(hasBias ? 2 : 0), columns, hasAddend ? context.Input(context.InputCount - 1) : null);

    /// <summary>The same with another tensor for the bias.</summary>
    internal unsafe Epilogue<T> For<T>(Tensor bias, long columns, Tensor? addend = null) where T : unmanaged, INumberBase<T>
    {
        var added = addend is null ? null : addend.Pointer<T>();
        var addedRow = addend is null || addend.Shape[0] == 1 ? 0 : columns;
        if (!hasBias)
            return new Epilogue<T>(null, activation, alpha, added, addedRow);
        if (bias.Rank != 1)
            throw EngineException.InvalidArgument($"Biases must be 1D: {bias.Shape}");
        if (bias.Shape[0] != columns)
            throw EngineException.InvalidArgument($"Must provide as many biases as the product has columns: {bias.Shape} vs. {columns}");
        return new Epilogue<T>(bias.Pointer<T>(), activation, alpha, added, addedRow);
    }
}
