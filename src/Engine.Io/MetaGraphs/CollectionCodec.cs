using Engine.Graphs;
using Engine.Variables;
using Google.Protobuf;
using Any = Google.Protobuf.WellKnownTypes.Any;

namespace Engine.Io.MetaGraphs;

/// <summary>
/// Collections as messages: variables and savers as messages in bytes, tensors and nodes by name, numbers, texts, and anything. What a reader does not
/// understand is kept as it is.
/// </summary>
internal static class CollectionCodec
{
    /// <summary>The message; null when no member can be written.</summary>
    /// <param name="items">The members.</param>
    /// <param name="keep">Which nodes are exported; all when null.</param>
    /// <param name="scope">The scope that is taken off names.</param>
    internal static Protos.CollectionDef? Export(IReadOnlyList<object> items, Func<string, bool>? keep, string scope)
    {
        if (keep is not null)
            items = [.. items.Where(i => Owner(i) is not { } name || keep(name))];
        if (items.Count == 0)
            return null;
        var p = new Protos.CollectionDef();
        switch (items[0])
        {
            case GraphVariable or SaverDef or byte[] or string:
                p.BytesList = new();
                p.BytesList.Value.Add(items.Select(i => Bytes(i, scope)).OfType<ByteString>());
                break;
            case Value or Node or UnresolvedName:
                p.NodeList = new();
                p.NodeList.Value.Add(items.Select(i => Name(i)).OfType<string>().Select(n => GraphScope.Without(n, scope)));
                break;
            case long or int:
                p.Int64List = new();
                p.Int64List.Value.Add(items.Where(i => i is long or int).Select(i => Convert.ToInt64(i, null)));
                break;
            case float or double:
                p.FloatList = new();
                p.FloatList.Value.Add(items.Where(i => i is float or double).Select(i => Convert.ToSingle(i, null)));
                break;
            case Any or SavedAsset:
                p.AnyList = new();
                p.AnyList.Value.Add(items.Select(i => i is SavedAsset asset ? asset.ToAny() : i as Any).OfType<Any>());
                break;
            default:
                // What only this process understands (a table to save, say) is not written, as in TensorFlow.
                return null;
        }
        return p;
    }

    /// <summary>Adds the members to a graph's collection.</summary>
    internal static void Import(Graph graph, string key, Protos.CollectionDef p, string scope)
    {
        foreach (var item in p.KindCase switch
        {
            Protos.CollectionDef.KindOneofCase.BytesList => p.BytesList.Value.Select(b => Parse(graph, key, b, scope)),
            Protos.CollectionDef.KindOneofCase.NodeList => p.NodeList.Value.Select(n => Resolve(graph, n, scope)),
            Protos.CollectionDef.KindOneofCase.Int64List => p.Int64List.Value.Select(v => (object)v),
            Protos.CollectionDef.KindOneofCase.FloatList => p.FloatList.Value.Select(v => (object)v),
            Protos.CollectionDef.KindOneofCase.AnyList => p.AnyList.Value.Select(a => (object?)SavedAsset.From(a) ?? a),
            _ => [],
        })
            graph.Collections.Add(key, item);
    }

    private static object Parse(Graph graph, string key, ByteString bytes, string scope)
    {
        try
        {
            if (GraphKeys.VariableKeys.Contains(key))
                return Shared(graph, VariableProtos.Import(graph, Protos.VariableDef.Parser.ParseFrom(bytes), scope)) ?? (object)bytes.ToByteArray();
            if (key == GraphKeys.Savers)
                return SaverDef.FromProto(Protos.SaverDef.Parser.ParseFrom(bytes)).InScope(scope);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or EngineException)
        {
            // Not what the key promises: kept as it is.
        }
        return bytes.ToByteArray();
    }

    // A variable that is in several collections is one object.
    private static GraphVariable? Shared(Graph graph, GraphVariable? variable) => variable is null ? null
        : GraphKeys.VariableKeys.SelectMany(graph.Collections.Get<GraphVariable>).FirstOrDefault(v => v.Node == variable.Node) ?? variable;

    private static object Resolve(Graph graph, string name, string scope)
    {
        var full = scope.Length == 0 ? name : $"{scope}/{name}";
        var colon = full.LastIndexOf(':');
        if (graph.Find(colon > 0 ? full[..colon] : full) is not { } node)
            return new UnresolvedName(full);
        return colon > 0 && int.TryParse(full.AsSpan(colon + 1), out var index) && index < Math.Max(1, node.OutputTypes.Count) ? node[index] : node;
    }

    private static ByteString? Bytes(object item, string scope) => item switch
    {
        GraphVariable variable => VariableProtos.Export(variable, scope).ToByteString(),
        SaverDef saver => GraphScope.Without(saver, scope).ToProto().ToByteString(),
        byte[] bytes => ByteString.CopyFrom(bytes),
        string text => ByteString.CopyFromUtf8(text),
        _ => null,
    };

    private static string? Name(object item) => item switch
    {
        Value value => value.Name,
        Node node => node.Name,
        UnresolvedName name => name.Name,
        _ => null,
    };

    private static string? Owner(object item) => item switch
    {
        GraphVariable variable => variable.Name,
        SaverDef saver => saver.RestoreOpName,
        _ => Name(item),
    };
}
