namespace Engine.Resources;

/// <summary>A variable: a tensor that outlives runs. Resource variables are reached by handle, TF 1 reference variables by the edge that carries them.</summary>
public sealed class Variable : Resource
{
    private static long changes;

    /// <summary>An uninitialized variable.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Declared shape.</param>
    public Variable(DType type, PartialShape shape)
    {
        Type = type;
        Shape = shape;
        Reference = Tensor.From<ResourceHandle>([new ResourceHandle("", "", this) { ValueType = type, ValueShape = shape }], Engine.Shape.Scalar);
    }

    /// <inheritdoc/>
    public override string Kind => "variable";

    /// <summary>Element type.</summary>
    public DType Type { get; }

    /// <summary>Declared shape.</summary>
    public PartialShape Shape { get; }

    /// <summary>Guards the value: held while an op reads the value or changes it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The value, or null while uninitialized. Owned by the variable; take <see cref="Tensor.Share"/> under the gate to keep it.</summary>
    public Tensor? Value { get; private set; }

    /// <summary>Whether the variable was assigned.</summary>
    public bool IsInitialized => Value is not null;

    /// <summary>Counts the changes of all variables.</summary>
    internal static long Changes => Volatile.Read(ref changes);

    /// <summary>How often plans that took the value for a constant were wrong.</summary>
    internal int Strikes { get; set; }

    /// <summary>Counts assignments, so that packed copies of the value know when they are stale.</summary>
    public long Version { get; private set; }

    /// <summary>The tensor that reference edges carry.</summary>
    internal Tensor Reference { get; }

    /// <summary>Makes <paramref name="value"/>, which the caller gives away, the value. Call under the gate.</summary>
    public void Replace(Tensor value)
    {
        Value?.Dispose();
        Value = value;
        Changed();
    }

    /// <summary>
    /// The value for writing in place. A resource variable copies first when readers still share the memory (<paramref name="aliased"/> false); a reference
    /// variable does not: what was read earlier shows the change, as in TensorFlow. Call under the gate.
    /// </summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION while uninitialized.</exception>
    public Tensor Writable(bool aliased = false)
    {
        var value = Value ?? throw EngineException.FailedPrecondition("Attempting to use uninitialized value.");
        Changed();
        if (value.Buffer.IsReadOnly || (!aliased && value.Buffer.IsShared))
        {
            var copy = value.Clone();
            value.Dispose();
            Value = value = copy;
        }
        if (aliased)
            value.Buffer.IsVariableStorage = true;
        return value;
    }

    /// <summary>A tensor of the value as it is now, sharing the memory.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION while uninitialized.</exception>
    public Tensor Read()
    {
        lock (Gate)
            return Value?.Share() ?? throw EngineException.FailedPrecondition("Attempting to use uninitialized value.");
    }

    /// <summary>The variable that a tensor on a reference edge stands for, or null for a plain tensor.</summary>
    internal static Variable? FromReference(Tensor tensor)
        => tensor.Type == DType.Resource && tensor.Count == 1 ? tensor.AsSpan<ResourceHandle>()[0]?.Resolved as Variable : null;

    /// <inheritdoc/>
    protected override void Release()
    {
        lock (Gate)
        {
            Value?.Dispose();
            Value = null;
            Changed();
        }
    }

    private void Changed()
    {
        Version++;
        Interlocked.Increment(ref changes);
    }
}
