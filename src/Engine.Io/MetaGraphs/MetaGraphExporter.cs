using Engine.Graphs;
using Engine.Io.Files;
using Engine.Io.Graphs;
using Engine.Io.Tensors;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.MetaGraphs;

/// <summary>Turns a graph with its collections and its saver into a <c>MetaGraphDef</c> message. <see cref="MetaGraphImporter"/> reads it.</summary>
internal static class MetaGraphExporter
{
    /// <summary>The release whose op definitions this library has, and writes for.</summary>
    private const string TensorFlowVersion = "2.15.1";

    internal static void Write(string path, Graph graph, MetaGraphExport export, bool asText)
    {
        var proto = Export(graph, export);
        MessageFile.WriteBytes(path, stream =>
        {
            if (asText)
                stream.Write(System.Text.Encoding.UTF8.GetBytes(Text.TextFormat.Print(proto)));
            else
                proto.WriteTo(stream);
        });
    }

    internal static Protos.MetaGraphDef Export(Graph graph, MetaGraphExport export)
    {
        var def = GraphExporter.ToDef(graph);
        Func<string, bool>? keep = null;
        var unbound = new List<string>();
        var scope = export.Scope?.TrimEnd('/') ?? "";
        if (scope.Length > 0)
        {
            def = GraphScope.Extract(def, scope, unbound);
            keep = name => GraphScope.IsIn(name, scope);
        }
        if (export.ClearExtraneousSavers)
            def = OtherSavers.Remove(graph, def, export.Saver);
        var proto = new Protos.MetaGraphDef { GraphDef = GraphExporter.Export(def), MetaInfoDef = new() { TensorflowVersion = TensorFlowVersion, TensorflowGitVersion = "unknown" } };
        proto.MetaInfoDef.StrippedOpList = Ops(graph, proto.GraphDef);
        proto.MetaInfoDef.Tags.Add(export.Tags);
        if (export.StripDefaultAttrs)
        {
            DefaultAttrs.Strip(graph, proto.GraphDef);
            proto.MetaInfoDef.StrippedDefaultAttrs = true;
        }
        if (export.AddShapes)
            AddShapes(graph, proto.GraphDef, scope.Length > 0 ? scope + "/" : "");
        if (export.ClearDevices)
        {
            foreach (var node in proto.GraphDef.Node)
                node.Device = "";
        }
        if (export.Saver is not null)
            proto.SaverDef = GraphScope.Without(export.Saver, scope).ToProto();
        foreach (var key in graph.Collections.Keys)
        {
            if (export.Collections is not null && !export.Collections.Contains(key))
                continue;
            var items = graph.Collections.Get(key);
            if (key == GraphKeys.Savers && export.ClearExtraneousSavers)
                items = export.Saver is null ? [] : [export.Saver];
            if (CollectionCodec.Export(items, keep, scope) is { } collection)
                proto.CollectionDef[key] = collection;
        }
        if (unbound.Count > 0)
            proto.CollectionDef[UnboundInputs.Key] = UnboundInputs.ToProto(unbound);
        return proto;
    }

    /// <summary>The definitions of all ops of a graph and its functions, by name.</summary>
    private static Protos.OpList Ops(Graph graph, Protos.GraphDef def)
    {
        var used = def.Node.Select(n => n.Op).Concat((def.Library?.Function ?? []).SelectMany(f => f.NodeDef).Select(n => n.Op));
        var list = new Protos.OpList();
        foreach (var op in used.Distinct().Order(StringComparer.Ordinal))
        {
            if (graph.Library.Find(op) is null && (OpDefinitions.Find(op) ?? graph.Registry.Find(op)?.Definition) is { } definition)
                list.Op.Add(OpDefExporter.Export(definition));
        }
        return list;
    }

    private static void AddShapes(Graph graph, Protos.GraphDef def, string prefix)
    {
        foreach (var proto in def.Node)
        {
            if (graph.Find(prefix + proto.Name) is not { OutputTypes.Count: > 0 } node)
                continue;
            var shapes = new Protos.AttrValue.Types.ListValue();
            for (var i = 0; i < node.OutputTypes.Count; i++)
                shapes.Shape.Add(ShapeProtos.ToProto(node.OutputShape(i)));
            proto.Attr["_output_shapes"] = new() { List = shapes };
        }
    }
}
