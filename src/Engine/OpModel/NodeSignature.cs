using Engine.Graphs;

namespace Engine.OpModel;

/// <summary>The inputs and outputs of one node: its op's arguments with the node's attributes put in.</summary>
internal sealed class NodeSignature
{
    private readonly OpDefinition definition;
    private readonly Range[] inputRanges;
    private readonly Range[] outputRanges;

    private NodeSignature(OpDefinition definition, DType[] inputTypes, Range[] inputRanges, DType[] outputTypes, Range[] outputRanges)
    {
        this.definition = definition;
        this.inputRanges = inputRanges;
        this.outputRanges = outputRanges;
        InputTypes = inputTypes;
        OutputTypes = outputTypes;
    }

    /// <summary>Most tensors an argument may have: TensorFlow's own nodes stay far below, garbage attributes do not.</summary>
    private const int MaximumTensors = 1 << 20;

    internal DType[] InputTypes { get; }

    internal DType[] OutputTypes { get; }

    /// <exception cref="EngineException">INVALID_ARGUMENT when an attribute is missing, of another kind or absurd.</exception>
    internal static NodeSignature Resolve(string node, OpDefinition definition, IReadOnlyDictionary<string, AttrValue> attrs)
    {
        try
        {
            var (inputs, inputRanges) = Expand(definition.Inputs, definition, attrs);
            var (outputs, outputRanges) = Expand(definition.Outputs, definition, attrs);
            return new(definition, inputs, inputRanges, outputs, outputRanges);
        }
        catch (EngineException e)
        {
            throw e.At(node, definition.Name);
        }
    }

    /// <summary>Positions of the tensors of the input argument <paramref name="name"/>.</summary>
    internal Range Input(string name) => Find(definition.Inputs, inputRanges, name)
        ?? throw EngineException.Internal($"Op {definition.Name} has no input '{name}'.");

    /// <summary>Positions of the tensors of the output argument <paramref name="name"/>, or null when there is no such output.</summary>
    internal Range? Output(string name) => Find(definition.Outputs, outputRanges, name);

    private static Range? Find(IReadOnlyList<ArgDefinition> args, Range[] ranges, string name)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i].Name == name)
                return ranges[i];
        }
        return null;
    }

    private static (DType[] Types, Range[] Ranges) Expand(IReadOnlyList<ArgDefinition> args, OpDefinition definition, IReadOnlyDictionary<string, AttrValue> attrs)
    {
        var ranges = new Range[args.Count];
        var total = 0;
        for (var i = 0; i < ranges.Length; i++)
        {
            var start = total;
            total += Count(args[i], definition, attrs);
            ranges[i] = start..total;
        }
        var types = new DType[total];
        for (var i = 0; i < ranges.Length; i++)
            Fill(types.AsSpan(ranges[i]), args[i], definition, attrs);
        return (types, ranges);
    }

    private static int Count(ArgDefinition arg, OpDefinition definition, IReadOnlyDictionary<string, AttrValue> attrs)
    {
        if (arg.TypeListAttr.Length > 0)
            return Attr(definition, attrs, arg.TypeListAttr).AsList().Length;
        if (arg.NumberAttr.Length == 0)
            return 1;
        var count = Attr(definition, attrs, arg.NumberAttr).AsInt();
        return count is >= 0 and <= MaximumTensors
            ? (int)count
            : throw EngineException.InvalidArgument($"Value for attr '{arg.NumberAttr}' of {count} is out of range");
    }

    private static void Fill(Span<DType> types, ArgDefinition arg, OpDefinition definition, IReadOnlyDictionary<string, AttrValue> attrs)
    {
        if (arg.TypeListAttr.Length > 0)
        {
            var list = Attr(definition, attrs, arg.TypeListAttr).AsList();
            for (var i = 0; i < types.Length; i++)
                types[i] = list[i].AsType();
        }
        else
        {
            types.Fill(arg.TypeAttr.Length > 0 ? Attr(definition, attrs, arg.TypeAttr).AsType() : arg.Type);
        }
        if (!arg.IsRef)
            return;
        foreach (ref var type in types)
            type = type.Ref();
    }

    private static AttrValue Attr(OpDefinition definition, IReadOnlyDictionary<string, AttrValue> attrs, string name) => attrs.TryGetValue(name, out var v)
        ? v
        : throw EngineException.InvalidArgument($"NodeDef missing attr '{name}' from Op<name={definition.Name}>");
}
