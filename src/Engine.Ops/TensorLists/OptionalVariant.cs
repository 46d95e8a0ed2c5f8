using Engine.Resources;

namespace Engine.Ops.TensorLists;

/// <summary>Tensors that may be there or not, in a variant.</summary>
internal sealed class OptionalVariant(Tensor[]? components) : IAddableVariant, IZerosLikeVariant
{
    /// <summary>The tensors, or null when there are none.</summary>
    internal Tensor[]? Components { get; } = components;

    /// <exception cref="EngineException">INVALID_ARGUMENT when the input is something else.</exception>
    internal static OptionalVariant Of(Tensor variant) => variant.Rank == 0 && variant.AsSpan<object>()[0] is OptionalVariant optional
        ? optional
        : throw EngineException.InvalidArgument("The given variant does not hold an optional value.");

    public object Add(object other)
    {
        if (other is not OptionalVariant optional || (optional.Components is null) != (Components is null) || optional.Components?.Length != Components?.Length)
            throw EngineException.InvalidArgument("Cannot add optional values because one has a value and the other doesn't, or they have different numbers of components.");
        return new OptionalVariant(Components?.Select((c, i) => VariantAlgebra.Add(c, optional.Components![i])).ToArray());
    }

    public object ZerosLike() => new OptionalVariant(Components?.Select(VariantAlgebra.ZerosLike).ToArray());
}
