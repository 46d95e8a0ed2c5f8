using Engine.Runtime;

namespace Engine.Resources;

/// <summary>A dataset iterator that lives in a session.</summary>
/// <param name="types">Element types of a tuple's components.</param>
/// <param name="shapes">Their shapes.</param>
public sealed class IteratorResource(IReadOnlyList<DType> types, IReadOnlyList<PartialShape> shapes) : Resource
{
    private readonly Lock gate = new();
    private DatasetIterator? iterator;

    /// <inheritdoc/>
    public override string Kind => "iterator";

    /// <summary>Element types of a tuple's components.</summary>
    public IReadOnlyList<DType> Types { get; } = types;

    /// <summary>Shapes of a tuple's components.</summary>
    public IReadOnlyList<PartialShape> Shapes { get; } = shapes;

    /// <summary>Starts a walk through a dataset.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the dataset's types are others.</exception>
    public void Start(Dataset dataset)
    {
        if (Types.Count > 0 && !dataset.Types.SequenceEqual(Types))
            throw EngineException.InvalidArgument($"Expected output types {string.Join(", ", Types.Select(t => t.Name()))} but got {string.Join(", ", dataset.Types.Select(t => t.Name()))}.");
        lock (gate)
        {
            iterator?.Dispose();
            iterator = dataset.Iterate();
        }
    }

    /// <summary>The next tuple, the caller's to dispose; null at the end.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION before the first <see cref="Start"/>.</exception>
    public Tensor[]? Next(RunContext run)
    {
        lock (gate)
        {
            return (iterator ?? throw EngineException.FailedPrecondition("GetNext() failed because the iterator has not been initialized. "
                + "Ensure that you have run the initializer operation for this iterator before getting the next element.")).Next(run);
        }
    }

    /// <inheritdoc/>
    protected override void Release() => iterator?.Dispose();
}
