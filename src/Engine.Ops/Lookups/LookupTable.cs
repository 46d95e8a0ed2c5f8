using Engine.Resources;

namespace Engine.Ops.Lookups;

/// <summary>
/// A table from keys to values. All tables are known to the session under this type, so that a handle finds them whatever their kind. The methods here check
/// shapes and types; what derives from this class only stores.
/// </summary>
/// <param name="keyType">Element type of keys.</param>
/// <param name="valueType">Element type of values.</param>
/// <param name="keyShape">Shape of one key.</param>
/// <param name="valueShape">Shape of one value.</param>
internal abstract class LookupTable(DType keyType, DType valueType, Shape keyShape, Shape valueShape) : Resource
{
    /// <inheritdoc/>
    public override string Kind => "lookup table";

    internal DType KeyType => keyType;

    internal DType ValueType => valueType;

    internal Shape KeyShape => keyShape;

    internal Shape ValueShape => valueShape;

    /// <summary>Number of keys.</summary>
    internal abstract long Size { get; }

    /// <summary>Held while the table is read or changed.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>The shape of the values of these keys.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when keys or default value do not fit the table.</exception>
    internal Shape FindShape(Tensor keys, Tensor defaultValue)
    {
        CheckTypes(keys, defaultValue);
        var full = ValuesShape(keys.Shape);
        if (defaultValue.Shape != valueShape && defaultValue.Shape != full)
            throw EngineException.InvalidArgument($"Expected shape {valueShape} or {full} for default value, got {defaultValue.Shape}");
        return full;
    }

    /// <summary>Writes the value of each key, or the default value.</summary>
    internal abstract void Find(Tensor keys, Tensor values, Tensor defaultValue);

    /// <summary>Adds or replaces entries.</summary>
    internal virtual void Insert(Tensor keys, Tensor values) => throw EngineException.Unimplemented("insert not supported by this kind of table");

    /// <summary>Removes keys; those that are not there do not matter.</summary>
    internal virtual void Remove(Tensor keys) => throw EngineException.Unimplemented("remove not supported by this kind of table");

    /// <summary>Makes these entries the contents.</summary>
    internal abstract void Import(Tensor keys, Tensor values);

    /// <summary>The contents, for the caller to dispose.</summary>
    internal abstract (Tensor Keys, Tensor Values) Export();

    /// <summary>Refuses keys and values that do not fit the table or one another.</summary>
    internal void CheckEntries(Tensor keys, Tensor values)
    {
        CheckTypes(keys, values);
        var expected = ValuesShape(keys.Shape);
        if (values.Shape != expected)
            throw EngineException.InvalidArgument($"Expected shape {expected} for value, got {values.Shape}");
    }

    /// <summary>Refuses keys and values that cannot be imported.</summary>
    internal virtual void CheckImport(Tensor keys, Tensor values) => CheckEntries(keys, values);

    /// <summary>Refuses keys that do not fit the table.</summary>
    internal void CheckKeys(Tensor keys)
    {
        if (keys.Type != keyType)
            throw EngineException.InvalidArgument($"Signature mismatch: the table's keys are {keyType.Name()}, not {keys.Type.Name()}");
        ValuesShape(keys.Shape);
    }

    /// <summary>Refuses keys and values of other element types than the table's.</summary>
    protected void CheckTypes(Tensor keys, Tensor values)
    {
        if (keys.Type != keyType || values.Type != valueType)
        {
            throw EngineException.InvalidArgument(
                $"Signature mismatch: the table maps {keyType.Name()} to {valueType.Name()}, not {keys.Type.Name()} to {values.Type.Name()}");
        }
    }

    private Shape ValuesShape(Shape keys)
    {
        var outer = keys.Rank - keyShape.Rank;
        if (outer < 0 || keys.Slice(outer) != keyShape)
            throw EngineException.InvalidArgument($"Input key shape {keys} must end with the table's key shape {keyShape}");
        return keys.Slice(0, outer).Concat(valueShape);
    }
}
