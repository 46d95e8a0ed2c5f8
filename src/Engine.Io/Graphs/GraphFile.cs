using Engine.Graphs;
using Engine.Io.Files;
using Engine.Io.Graphs;

namespace Engine.Io;

/// <summary>Files that hold a graph alone (<c>GraphDef</c>), such as frozen models.</summary>
public static class GraphFile
{
    /// <summary>Reads a graph; make it runnable with <see cref="Graph.FromDef"/>.</summary>
    /// <param name="path">A binary (<c>.pb</c>) or text (<c>.pbtxt</c>) file; the contents tell which it is.</param>
    /// <exception cref="EngineException">NOT_FOUND; DATA_LOSS when it is no graph; INVALID_ARGUMENT, with the node, when an attribute is no value.</exception>
    public static GraphDef Read(string path) => Parse(MessageFile.ReadBytes(path), path);

    /// <summary>Reads a graph from memory.</summary>
    /// <param name="bytes">What a file would hold.</param>
    public static GraphDef Parse(byte[] bytes) => Parse(bytes, "(memory)");

    /// <summary>Writes a graph with its functions.</summary>
    /// <param name="path">Where to; as text if the name ends in <c>.pbtxt</c> or <c>.pbtext</c>.</param>
    /// <param name="graph">The graph.</param>
    public static void Write(string path, Graph graph) => Write(path, GraphExporter.ToDef(graph));

    /// <summary>Writes a graph.</summary>
    /// <param name="path">Where to; as text if the name ends in <c>.pbtxt</c> or <c>.pbtext</c>.</param>
    /// <param name="graph">The graph.</param>
    public static void Write(string path, GraphDef graph)
        => MessageFile.Write(path, GraphExporter.Export(graph));

    private static GraphDef Parse(byte[] bytes, string path) => GraphImporter.Import(MessageFile.ParseBinaryOrText(Protos.GraphDef.Parser, bytes, path));
}
