namespace Engine.Resources;

/// <summary>A sequence of tuples of tensors that can be walked through again and again; the value of a variant.</summary>
/// <param name="types">Element types of a tuple's components.</param>
public abstract class Dataset(IReadOnlyList<DType> types)
{
    /// <summary><see cref="Cardinality"/> of an endless dataset.</summary>
    public const long Infinite = -1;

    /// <summary><see cref="Cardinality"/> of a dataset that must be walked through to know.</summary>
    public const long Unknown = -2;

    /// <summary>Element types of a tuple's components.</summary>
    public IReadOnlyList<DType> Types { get; } = types;

    /// <summary>Number of tuples, <see cref="Infinite"/> or <see cref="Unknown"/>.</summary>
    public virtual long Cardinality => Unknown;

    /// <summary>A new walk from the beginning.</summary>
    public abstract DatasetIterator Iterate();

    /// <summary>The dataset in a variant.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there is something else.</exception>
    public static Dataset Of(Tensor variant)
        => variant.Type == DType.Variant && variant.Rank == 0 && variant.AsSpan<object>()[0] is Dataset dataset ? dataset
            : throw EngineException.InvalidArgument("Dataset variant tensor must be a scalar that holds a dataset.");
}
