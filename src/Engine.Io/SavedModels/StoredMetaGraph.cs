using System.Buffers;
using System.Text;
using Engine.Graphs;
using Engine.Io.Files;
using Engine.Io.Text;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Io.SavedModels;

/// <summary>
/// A meta graph of a SavedModel whose functions and objects stay bytes. Exporters of TensorFlow 2 write a function for every way to call every layer, most of a
/// file, of which a signature reaches a few.
/// </summary>
/// <param name="Message">The message; without functions and objects where they are kept apart.</param>
/// <param name="Functions">The functions that are kept apart.</param>
/// <param name="Objects">The message of the objects, when it is kept apart.</param>
internal sealed record StoredMetaGraph(Protos.MetaGraphDef Message, IReadOnlyList<FunctionSource> Functions, byte[]? Objects)
{
    private const int MetaGraphs = 2, GraphDef = 2, ObjectGraphDef = 7, Library = 2, Function = 1;

    /// <summary>A message that is complete.</summary>
    internal StoredMetaGraph(Protos.MetaGraphDef message) : this(message, [], null)
    {
    }

    /// <summary>Whether these are its tags, in any order.</summary>
    internal bool HasTags(IReadOnlyList<string> tags) => tags.ToHashSet().SetEquals(Message.MetaInfoDef?.Tags ?? []);

    /// <summary>Reads a meta graph of the SavedModel in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tags">Exactly its tags; null for the only one, or the one to serve of several.</param>
    /// <param name="registry">The ops that will run it.</param>
    /// <exception cref="EngineException">As <see cref="MetaGraphFile"/> throws.</exception>
    internal static StoredMetaGraph Read(string folder, IReadOnlyList<string>? tags, OpRegistry? registry = null)
    {
        // What is text, odd or damaged is left to the parser, which says what is wrong.
        if (ReadApart(folder, tags, registry) is { } stored)
            return stored;
        var model = MetaGraphFile.Read(folder);
        return new(tags is null ? MetaGraphFile.Default(model, folder) : MetaGraphFile.Find(model, tags, folder));
    }

    /// <summary>The meta graph, if it can be kept apart; null for what is text, odd or damaged.</summary>
    internal static StoredMetaGraph? ReadApart(string folder, IReadOnlyList<string>? tags, OpRegistry? registry)
    {
        var path = Path.Combine(folder, SavedModelConstants.SavedModelFilenamePb);
        if (File.Exists(path) && MessageFile.ReadBytes(path) is var bytes && !TextFormat.IsText(bytes))
        {
            Preparation.Begin(registry ?? OpRegistry.Default, op => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(op)) >= 0);
            return TryRead(bytes, tags);
        }
        return null;
    }

    private static StoredMetaGraph? TryRead(ReadOnlyMemory<byte> model, IReadOnlyList<string>? tags)
    {
        try
        {
            var graphs = new List<ReadOnlyMemory<byte>>();
            var reader = new WireReader(model.Span);
            while (reader.Read())
            {
                if (reader.Field == MetaGraphs && reader.HasLength)
                    graphs.Add(WireSlice.Of(model, reader.Content));
            }
            // Which of several it is, the parser finds out.
            return graphs is [var only] && Split(only) is { } stored && (tags is null || stored.HasTags(tags)) ? stored : null;
        }
        catch (Exception e) when (e is EngineException or Google.Protobuf.InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static StoredMetaGraph? Split(ReadOnlyMemory<byte> message)
    {
        var (graph, objects) = (default(ReadOnlyMemory<byte>?), default(ReadOnlyMemory<byte>?));
        var rest = new ArrayBufferWriter<byte>();
        var reader = new WireReader(message.Span);
        while (reader.Read())
        {
            if (reader.Field is GraphDef or ObjectGraphDef && !reader.HasLength)
                return null;
            if (reader.Field == GraphDef)
                graph = graph is null ? WireSlice.Of(message, reader.Content) : throw EngineException.DataLoss("Two graphs.");
            else if (reader.Field == ObjectGraphDef)
                objects = objects is null ? WireSlice.Of(message, reader.Content) : throw EngineException.DataLoss("Two graphs of objects.");
            else
                rest.Write(reader.Whole);
        }
        if (graph is null || (objects is { } o && !WireCheck.IsSound(o.Span, WireSchema.SavedObjectGraph)))
            return null;
        var meta = Protos.MetaGraphDef.Parser.ParseFrom(rest.WrittenSpan);
        return SplitGraph(graph.Value, meta) is { } functions ? new(meta, functions, objects?.ToArray()) : null;
    }

    // Where the functions are less than half of the graph their bytes are copied, so that the file's can go: constants may be the rest.
    private static List<StoredFunction>? SplitGraph(ReadOnlyMemory<byte> graph, Protos.MetaGraphDef meta)
    {
        var (rest, restOfLibrary) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        var functions = new List<ReadOnlyMemory<byte>>();
        var hasLibrary = false;
        var reader = new WireReader(graph.Span);
        while (reader.Read())
        {
            if (reader.Field != Library)
            {
                rest.Write(reader.Whole);
                continue;
            }
            if (!reader.HasLength)
                return null;
            hasLibrary = true;
            var library = new WireReader(reader.Content);
            while (library.Read())
            {
                if (library.Field != Function)
                {
                    restOfLibrary.Write(library.Whole);
                    continue;
                }
                if (!library.HasLength)
                    return null;
                functions.Add(WireSlice.Of(graph, library.Content));
            }
        }
        meta.GraphDef = Protos.GraphDef.Parser.ParseFrom(rest.WrittenSpan);
        if (hasLibrary)
            meta.GraphDef.Library = Protos.FunctionDefLibrary.Parser.ParseFrom(restOfLibrary.WrittenSpan);
        var stored = new List<StoredFunction>(functions.Count);
        var names = new HashSet<string>();
        var length = functions.Sum(f => (long)f.Length);
        var copy = length < graph.Length / 2 ? new byte[length] : null;
        var start = 0;
        foreach (var message in functions)
        {
            if (copy is not null)
                message.CopyTo(copy.AsMemory(start, message.Length));
            if (StoredFunction.Of(copy is null ? message : copy.AsMemory(start, message.Length)) is not { } function || !names.Add(function.Name))
                return null;
            stored.Add(function);
            start += message.Length;
        }
        return stored;
    }
}
