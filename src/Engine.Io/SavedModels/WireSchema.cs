namespace Engine.Io.SavedModels;

/// <summary>Messages by what their fields with a length hold: enough to tell, without making objects, whether a parser would accept them.</summary>
internal enum WireSchema
{
    /// <summary>Text or bytes: anything.</summary>
    None,

    /// <summary>Packed numbers of any length.</summary>
    Varints,

    /// <summary>Packed numbers of four bytes.</summary>
    Fixed32,

    /// <summary>Packed numbers of eight bytes.</summary>
    Fixed64,

    /// <summary>A message of numbers, text and bytes.</summary>
    Leaf,

    // Messages; entries of maps, and messages that look alike, count as one.
    FunctionDef,
    OpDef,
    ArgDef,
    DtypeAndShape,
    TensorShape,
    FullTypeDef,
    AttrDef,
    AttrValue,
    Tensor,
    ResourceHandle,
    VariantTensorData,
    AttrList,
    NameAttrList,
    AttrEntry,
    ArgAttrsEntry,
    ArgAttrs,
    NodeDef,
    SavedObjectGraph,
    SavedObject,
    SavedUserObject,
    VersionDef,
    SavedFunction,
    FunctionSpec,
    StructuredValue,
    TensorSpec,
    TypeSpec,
    BoundedTensorSpec,
    StructuredList,
    StructuredMap,
    StructuredPair,
    NamedTuple,
    SavedVariable,
    SavedBareConcreteFunction,
    SaveableObjectEntry,
    ConcreteFunctionEntry,
    SavedConcreteFunction,
}
