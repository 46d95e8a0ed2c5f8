namespace Engine.Io.SavedModels;

/// <summary>Tells whether bytes are a message that a parser would accept, in a fraction of a parser's time and without making objects.</summary>
internal static class WireCheck
{
    /// <summary>Below the depth at which parsers give up.</summary>
    private const int MaximumDepth = 60;

    private const int MaximumField = (1 << 29) - 1;

    /// <summary>Whether the bytes are sound. What is odd without being wrong (groups, great depth) counts as not sound: the parser decides then.</summary>
    /// <exception cref="EngineException">DATA_LOSS when they are not even fields.</exception>
    internal static bool IsSound(ReadOnlySpan<byte> message, WireSchema schema, int depth = 0)
    {
        if (depth > MaximumDepth)
            return false;
        var reader = new WireReader(message);
        while (reader.Read())
        {
            if (reader.Field > MaximumField)
                return false;
            if (!reader.HasLength)
                continue;
            var sound = Of(schema, reader.Field) switch
            {
                WireSchema.None => true,
                WireSchema.Varints => AreVarints(reader.Content),
                WireSchema.Fixed32 => reader.Content.Length % sizeof(uint) == 0,
                WireSchema.Fixed64 => reader.Content.Length % sizeof(ulong) == 0,
                var inner => IsSound(reader.Content, inner, depth + 1),
            };
            if (!sound)
                return false;
        }
        return true;
    }

    private static bool AreVarints(ReadOnlySpan<byte> packed)
    {
        const int longest = 10;
        var length = 0;
        foreach (var b in packed)
        {
            if (++length > longest)
                return false;
            if (b < 0x80)
                length = 0;
        }
        return length == 0;
    }

    private static WireSchema Of(WireSchema message, int field) => message switch
    {
        WireSchema.FunctionDef => field switch { 1 => WireSchema.OpDef, 5 => WireSchema.AttrEntry, 7 => WireSchema.ArgAttrsEntry, 4 or 6 or 8 => WireSchema.Leaf, 3 => WireSchema.NodeDef, _ => WireSchema.None },
        WireSchema.OpDef => field switch { 2 or 3 => WireSchema.ArgDef, 4 => WireSchema.AttrDef, 8 => WireSchema.Leaf, _ => WireSchema.None },
        WireSchema.ArgDef => field switch { 7 => WireSchema.DtypeAndShape, 17 => WireSchema.FullTypeDef, _ => WireSchema.None },
        WireSchema.DtypeAndShape => field switch { 2 => WireSchema.TensorShape, _ => WireSchema.None },
        WireSchema.TensorShape => field switch { 2 => WireSchema.Leaf, _ => WireSchema.None },
        WireSchema.FullTypeDef => field switch { 2 => WireSchema.FullTypeDef, _ => WireSchema.None },
        WireSchema.AttrDef => field switch { 3 or 7 => WireSchema.AttrValue, _ => WireSchema.None },
        WireSchema.AttrValue => field switch { 7 => WireSchema.TensorShape, 8 => WireSchema.Tensor, 1 => WireSchema.AttrList, 10 => WireSchema.NameAttrList, _ => WireSchema.None },
        WireSchema.Tensor => field switch { 2 => WireSchema.TensorShape, 7 or 10 or 11 or 13 or 16 or 17 => WireSchema.Varints, 5 or 9 => WireSchema.Fixed32, 6 or 12 => WireSchema.Fixed64, 14 => WireSchema.ResourceHandle, 15 => WireSchema.VariantTensorData, _ => WireSchema.None },
        WireSchema.ResourceHandle => field switch { 6 => WireSchema.DtypeAndShape, _ => WireSchema.None },
        WireSchema.VariantTensorData => field switch { 3 => WireSchema.Tensor, _ => WireSchema.None },
        WireSchema.AttrList => field switch { 3 or 5 or 6 => WireSchema.Varints, 4 => WireSchema.Fixed32, 7 => WireSchema.TensorShape, 8 => WireSchema.Tensor, 9 => WireSchema.NameAttrList, _ => WireSchema.None },
        WireSchema.NameAttrList => field switch { 2 => WireSchema.AttrEntry, _ => WireSchema.None },
        WireSchema.AttrEntry => field switch { 2 => WireSchema.AttrValue, _ => WireSchema.None },
        WireSchema.ArgAttrsEntry => field switch { 2 => WireSchema.ArgAttrs, _ => WireSchema.None },
        WireSchema.ArgAttrs => field switch { 1 => WireSchema.AttrEntry, _ => WireSchema.None },
        WireSchema.NodeDef => field switch { 5 => WireSchema.AttrEntry, 6 => WireSchema.Leaf, 7 => WireSchema.FullTypeDef, _ => WireSchema.None },
        WireSchema.SavedObjectGraph => field switch { 1 => WireSchema.SavedObject, 2 => WireSchema.ConcreteFunctionEntry, _ => WireSchema.None },
        WireSchema.SavedObject => field switch { 1 or 3 or 5 or 9 or 10 or 12 or 14 or 15 => WireSchema.Leaf, 4 => WireSchema.SavedUserObject, 6 => WireSchema.SavedFunction, 7 => WireSchema.SavedVariable, 8 => WireSchema.SavedBareConcreteFunction, 11 => WireSchema.SaveableObjectEntry, _ => WireSchema.None },
        WireSchema.SavedUserObject => field switch { 2 => WireSchema.VersionDef, _ => WireSchema.None },
        WireSchema.VersionDef => field switch { 3 => WireSchema.Varints, _ => WireSchema.None },
        WireSchema.SavedFunction => field switch { 2 => WireSchema.FunctionSpec, _ => WireSchema.None },
        WireSchema.FunctionSpec => field switch { 1 or 5 => WireSchema.StructuredValue, _ => WireSchema.None },
        WireSchema.StructuredValue => field switch { 1 => WireSchema.Leaf, 31 => WireSchema.TensorShape, 33 => WireSchema.TensorSpec, 34 => WireSchema.TypeSpec, 35 => WireSchema.BoundedTensorSpec, 51 or 52 => WireSchema.StructuredList, 53 => WireSchema.StructuredMap, 54 => WireSchema.NamedTuple, 55 or 56 => WireSchema.Tensor, _ => WireSchema.None },
        WireSchema.TensorSpec => field switch { 2 => WireSchema.TensorShape, _ => WireSchema.None },
        WireSchema.TypeSpec => field switch { 2 => WireSchema.StructuredValue, _ => WireSchema.None },
        WireSchema.BoundedTensorSpec => field switch { 2 => WireSchema.TensorShape, 4 or 5 => WireSchema.Tensor, _ => WireSchema.None },
        WireSchema.StructuredList => field switch { 1 => WireSchema.StructuredValue, _ => WireSchema.None },
        WireSchema.StructuredMap => field switch { 1 => WireSchema.StructuredPair, _ => WireSchema.None },
        WireSchema.StructuredPair => field switch { 2 => WireSchema.StructuredValue, _ => WireSchema.None },
        WireSchema.NamedTuple => field switch { 2 => WireSchema.StructuredPair, _ => WireSchema.None },
        WireSchema.SavedVariable => field switch { 2 => WireSchema.TensorShape, 8 => WireSchema.SavedVariable, _ => WireSchema.None },
        WireSchema.SavedBareConcreteFunction => field switch { 4 => WireSchema.FunctionSpec, _ => WireSchema.None },
        WireSchema.SaveableObjectEntry => field switch { 2 => WireSchema.Leaf, _ => WireSchema.None },
        WireSchema.ConcreteFunctionEntry => field switch { 2 => WireSchema.SavedConcreteFunction, _ => WireSchema.None },
        WireSchema.SavedConcreteFunction => field switch { 2 => WireSchema.Varints, 3 or 4 => WireSchema.StructuredValue, _ => WireSchema.None },
        _ => WireSchema.None,
    };
}
