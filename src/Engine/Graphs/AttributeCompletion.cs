using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Checks a node's attributes against the op definition and adds the defaults, with TensorFlow's errors.</summary>
internal static class AttributeCompletion
{
    internal static Dictionary<string, AttrValue> Complete(string node, OpDefinition definition, IReadOnlyDictionary<string, AttrValue> given)
    {
        var attrs = new Dictionary<string, AttrValue>(given);
        foreach (var attr in definition.Attrs)
        {
            if (!attrs.TryGetValue(attr.Name, out var value))
            {
                attrs[attr.Name] = attr.Default
                    ?? throw Fail($"NodeDef missing attr '{attr.Name}' from Op<name={definition.Name}>", node, definition);
            }
            else if (value.Kind != AttrKind.Placeholder)
            {
                attrs[attr.Name] = Check(node, definition, attr, value);
            }
        }
        return attrs;
    }

    private static AttrValue Check(string node, OpDefinition definition, AttrDefinition attr, AttrValue value)
    {
        if (attr.IsList)
        {
            // An empty list message carries no kind: an AttrValue of no kind is an empty list too.
            if (value.Kind == AttrKind.None)
                value = AttrValue.ListOf([]);
            if (value.Kind != AttrKind.List || (value.ElementKind != AttrKind.None && value.ElementKind != attr.ElementKind))
                throw WrongKind(node, definition, attr, value);
            if (attr.Minimum is { } length && value.AsList().Length < length)
                throw Fail($"Length for attr '{attr.Name}' of {value.AsList().Length} must be at least minimum {length}", node, definition);
            foreach (var item in value.AsList())
                CheckItem(node, definition, attr, item);
            return value;
        }
        if (value.Kind != attr.ElementKind)
            throw WrongKind(node, definition, attr, value);
        if (attr.Minimum is { } minimum && value.Kind == AttrKind.Int && value.AsInt() < minimum)
            throw Fail($"Value for attr '{attr.Name}' of {value.AsInt()} must be at least minimum {minimum}", node, definition);
        CheckItem(node, definition, attr, value);
        return value;
    }

    private static void CheckItem(string node, OpDefinition definition, AttrDefinition attr, AttrValue value)
    {
        if (value.Kind == AttrKind.Type)
        {
            var type = value.AsType();
            if (!type.IsKnown() || type.IsRef())
                throw Fail($"AttrValue has invalid DataType enum: {(int)type} for attr '{attr.Name}'", node, definition);
            if (!attr.AllowedTypes.IsEmpty && !attr.AllowedTypes.Contains(type))
            {
                throw Fail($"Value for attr '{attr.Name}' of {type.Name()} is not in the list of allowed values: "
                    + string.Join(", ", attr.AllowedTypes.Select(t => t.Name())), node, definition);
            }
        }
        else if (value.Kind == AttrKind.String && !attr.AllowedStrings.IsEmpty && !attr.AllowedStrings.Contains(value.AsString()))
        {
            throw Fail($"Value for attr '{attr.Name}' of \"{value.AsString()}\" is not in the list of allowed values: "
                + string.Join(", ", attr.AllowedStrings.Select(s => $"\"{s}\"")), node, definition);
        }
    }

    private static EngineException WrongKind(string node, OpDefinition definition, AttrDefinition attr, AttrValue value)
    {
        var kind = value.Kind == AttrKind.List ? $"list({value.ElementKind.ToString().ToLowerInvariant()})" : value.Kind.ToString().ToLowerInvariant();
        return Fail($"AttrValue had value with type '{kind}' when '{attr.Type}' expected for attr '{attr.Name}'", node, definition);
    }

    private static EngineException Fail(string message, string node, OpDefinition definition)
        => EngineException.InvalidArgument(message).At(node, definition.Name);
}
