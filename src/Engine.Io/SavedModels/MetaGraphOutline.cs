using System.Text;
using Google.Protobuf;

namespace Engine.Io.SavedModels;

/// <summary>Tags, signatures and op types of a meta graph, read from its message as they are asked for.</summary>
internal sealed class MetaGraphOutline
{
    private const int MetaInfo = 1, GraphDef = 2, SignatureDef = 5, ObjectGraphDef = 7;

    private readonly ReadOnlyMemory<byte> message;

    internal MetaGraphOutline(ReadOnlyMemory<byte> message)
    {
        this.message = message;
        Tags = FindTags();
        HasObjectGraph = Find(ObjectGraphDef) is not null;
    }

    /// <summary>The tags as they are stored.</summary>
    internal IReadOnlyList<string> Tags { get; }

    /// <summary>Whether TensorFlow 2 wrote the graph, with its objects.</summary>
    internal bool HasObjectGraph { get; }

    /// <summary>The objects.</summary>
    internal Protos.SavedObjectGraph ObjectGraph => Parse(Protos.SavedObjectGraph.Parser, (Find(ObjectGraphDef) ?? default).Span);

    /// <summary>The signatures by key, sorted by the keys' code points.</summary>
    internal SortedDictionary<string, Protos.SignatureDef> Signatures => field ??= FindSignatures();

    /// <summary>
    /// The op types in use, as TensorFlow's tools list them: those of the graph and of the functions that are called by op type or by PartitionedCall.
    /// Branches and loop bodies are named in other attributes and do not count.
    /// </summary>
    internal SortedSet<string> UsedOps()
    {
        var used = new HashSet<string>();
        var functions = new Dictionary<string, ReadOnlyMemory<byte>>();
        var waiting = new Stack<ReadOnlyMemory<byte>>();
        if (Find(GraphDef) is not { } graph)
            return new(CodePointOrder.Instance);
        const int node = 1, library = 2, function = 1, nodeDef = 3;
        var reader = new WireReader(graph.Span);
        while (reader.Read())
        {
            if (reader.Field != library)
                continue;
            var functionReader = new WireReader(reader.Content);
            while (functionReader.Read())
            {
                if (functionReader.Field == function)
                    functions[FunctionName(functionReader.Content)] = WireSlice.Of(message, functionReader.Content);
            }
        }
        void Mark(string op)
        {
            if (used.Add(op) && functions.TryGetValue(op, out var body))
                waiting.Push(body);
        }
        MarkNodes(graph.Span, node, Mark);
        while (waiting.TryPop(out var body))
            MarkNodes(body.Span, nodeDef, Mark);
        var ops = new SortedSet<string>(CodePointOrder.Instance);
        ops.UnionWith(used.Where(op => !functions.ContainsKey(op)));
        return ops;
    }

    private static void MarkNodes(ReadOnlySpan<byte> graph, int nodeField, Action<string> mark)
    {
        const int op = 2, attr = 5;
        var reader = new WireReader(graph);
        while (reader.Read())
        {
            if (reader.Field != nodeField)
                continue;
            var name = "";
            var node = new WireReader(reader.Content);
            while (node.Read())
            {
                if (node.Field == op)
                    name = node.Text;
            }
            mark(name);
            if (name is not ("PartitionedCall" or "StatefulPartitionedCall"))
                continue;
            node = new WireReader(reader.Content);
            while (node.Read())
            {
                if (node.Field == attr && CalledFunction(node.Content) is { } called)
                    mark(called);
            }
        }
    }

    /// <summary>The function of an attribute <c>f</c>.</summary>
    private static string? CalledFunction(ReadOnlySpan<byte> entry)
    {
        const int key = 1, value = 2, func = 10, name = 1;
        var isF = false;
        string? called = "";
        var reader = new WireReader(entry);
        while (reader.Read())
        {
            if (reader.Field == key)
                isF = reader.Content.SequenceEqual("f"u8);
            if (reader.Field != value || !isF)
                continue;
            var attr = new WireReader(reader.Content);
            while (attr.Read())
            {
                if (attr.Field != func)
                    continue;
                var list = new WireReader(attr.Content);
                while (list.Read())
                {
                    if (list.Field == name)
                        called = list.Text;
                }
            }
        }
        return isF ? called : null;
    }

    private static string FunctionName(ReadOnlySpan<byte> function)
    {
        const int signature = 1, name = 1;
        var found = "";
        var reader = new WireReader(function);
        while (reader.Read())
        {
            if (reader.Field != signature)
                continue;
            var op = new WireReader(reader.Content);
            while (op.Read())
            {
                if (op.Field == name)
                    found = op.Text;
            }
        }
        return found;
    }

    private List<string> FindTags()
    {
        const int tags = 4;
        var found = new List<string>();
        var reader = new WireReader((Find(MetaInfo) ?? default).Span);
        while (reader.Read())
        {
            if (reader.Field == tags)
                found.Add(reader.Text);
        }
        return found;
    }

    private SortedDictionary<string, Protos.SignatureDef> FindSignatures()
    {
        var signatures = new SortedDictionary<string, Protos.SignatureDef>(CodePointOrder.Instance);
        var reader = new WireReader(message.Span);
        while (reader.Read())
        {
            if (reader.Field != SignatureDef)
                continue;
            var key = "";
            var signature = new Protos.SignatureDef();
            var entry = new WireReader(reader.Content);
            while (entry.Read())
            {
                if (entry.Field == 1)
                    key = Encoding.UTF8.GetString(entry.Content);
                else if (entry.Field == 2)
                    signature = Parse(Protos.SignatureDef.Parser, entry.Content);
            }
            signatures[key] = signature;
        }
        return signatures;
    }

    private ReadOnlyMemory<byte>? Find(int field)
    {
        ReadOnlyMemory<byte>? found = null;
        var reader = new WireReader(message.Span);
        while (reader.Read())
        {
            if (reader.Field == field)
                found = WireSlice.Of(message, reader.Content);
        }
        return found;
    }

    private static T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes) where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new EngineException(StatusCode.DataLoss, $"Error parsing message: {e.Message}", e);
        }
    }
}
