using Engine.Graphs;

namespace Engine.Io.MetaGraphs;

/// <summary>Inputs of an exported scope that come from outside of it: named with a mark, listed in a collection, given by whoever imports the scope.</summary>
internal static class UnboundInputs
{
    /// <summary>What stands before the name the input had.</summary>
    internal const string Prefix = "$unbound_inputs_";

    /// <summary>The collection.</summary>
    internal const string Key = "unbound_inputs";

    /// <summary>The collection as a message. A name is there once: TensorFlow asks for as many inputs as there are names.</summary>
    internal static Protos.CollectionDef ToProto(IReadOnlyList<string> names)
    {
        var list = new Protos.CollectionDef { BytesList = new() };
        list.BytesList.Value.Add(names.Select(Google.Protobuf.ByteString.CopyFromUtf8));
        return list;
    }

    /// <exception cref="EngineException">INVALID_ARGUMENT when some are not given.</exception>
    internal static void Check(Protos.MetaGraphDef proto, IReadOnlyDictionary<string, Value>? inputMap)
    {
        if (!proto.CollectionDef.TryGetValue(Key, out var collection))
            return;
        var names = collection.BytesList?.Value.Select(v => v.ToStringUtf8()).Distinct().ToArray() ?? [];
        if (!names.All(n => inputMap?.ContainsKey(n) == true))
            throw EngineException.InvalidArgument($"Graph contains unbound inputs: {string.Join(",", names)}. Must provide these inputs through input_map.");
    }
}
