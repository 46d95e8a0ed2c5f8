using Engine.Ops.TensorLists;
using Engine.Resources;

namespace Engine.Ops.Ragged;

/// <summary>A ragged tensor as the value of a variant: row splits from the outermost dimension inwards, and dense values.</summary>
internal sealed class RaggedVariant(Tensor[] splits, Tensor values) : IAddableVariant, IZerosLikeVariant
{
    /// <summary>Row splits, the outermost first; not the caller's to dispose.</summary>
    internal Tensor[] Splits { get; } = splits;

    /// <summary>Dense values; not the caller's to dispose.</summary>
    internal Tensor Values { get; } = values;

    /// <summary>Reads the variants of a tensor.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when one is something else.</exception>
    internal static RaggedVariant[] Read(Tensor variants)
    {
        var objects = variants.AsSpan<object>();
        var ragged = new RaggedVariant[objects.Length];
        for (var i = 0; i < ragged.Length; i++)
            ragged[i] = objects[i] as RaggedVariant ?? throw EngineException.InvalidArgument($"Input Variant element at index {i} doesn't hold a RaggedTensorVariant: {objects[i]?.GetType().Name ?? "none"}");
        return ragged;
    }

    /// <inheritdoc/>
    public object Add(object other)
    {
        if (other is not RaggedVariant y || y.Values.Type != Values.Type || !y.Values.Shape.Equals(Values.Shape) || y.Splits.Length != Splits.Length)
            throw EngineException.InvalidArgument("Can only add RaggedTensors of one structure.");
        return new RaggedVariant(Splits, VariantAlgebra.Add(Values, y.Values));
    }

    /// <inheritdoc/>
    public object ZerosLike() => new RaggedVariant(Splits, Tensor.Zeros(Values.Type, Values.Shape));
}
