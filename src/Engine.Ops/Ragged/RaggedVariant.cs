using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
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
        var sum = Values.Clone();
        _ = ElementTypes.Number(Values.Type, new Adder(sum, y.Values)) ?? throw EngineException.InvalidArgument($"RaggedTensors of {Values.Type.Name()} cannot be added.");
        return new RaggedVariant(Splits, sum);
    }

    /// <inheritdoc/>
    public object ZerosLike() => new RaggedVariant(Splits, Tensor.Zeros(Values.Type, Values.Shape));

    private readonly struct Adder(Tensor sum, Tensor other) : INumberFactory
    {
        // The factory serves as the dispatch over element types alone: the work is done here, no kernel comes out of it.
        public Kernel Create<T>() where T : unmanaged, INumberBase<T>
        {
            var x = sum.AsRawSpan<T>();
            var y = other.AsRawSpan<T>();
            for (var i = 0; i < x.Length; i++)
                x[i] += y[i];
            return Kernel.From(_ => { });
        }
    }
}
