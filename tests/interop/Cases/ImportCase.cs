using Engine.Graphs;
using Engine.Io;
using Engine.Variables;

namespace Engine.Interop.Cases;

/// <summary>
/// A meta graph, and a graph that it was imported into several times: TensorFlow gives the nodes the same names and inputs. Another one of a scope with inputs from
/// outside, which TensorFlow imports with others in their place.
/// </summary>
internal sealed class ImportCase : InteropCase
{
    internal override string Name => "imports";

    internal override string Kind => "imports";

    internal override void Write(CaseFolder folder)
    {
        var graph = new Graph();
        var outer = graph.Placeholder(DType.Float32, [2], "outer");
        var halves = graph.Split(graph.Constant(0), outer, 2, name: "split");
        using (graph.VariableScope("in"))
        {
            var u = graph.GetVariable("u", [2], initializer: Initializers.Ones);
            graph.Add(graph.Add(outer, u.Snapshot), graph.ConcatV2([halves[1], halves[1]], graph.Constant(0)), name: "y");
        }
        var saver = new Saver(graph);
        saver.ExportMetaGraph(folder["whole.meta"]);
        saver.ExportMetaGraph(folder["scope.meta"], exportScope: "in", clearExtraneousSavers: true);

        var several = new Graph();
        var replacement = several.Placeholder(DType.Float32, [2], "k");
        var def = WriteAndRead(folder, graph);
        several.Import(def);
        several.Import(def);
        several.Import(def, "p");
        several.Import(def, "p", new Dictionary<string, Value> { ["outer"] = replacement });
        using (several.NameScope("s"))
            several.Import(def, "p");
        Saver.ImportMetaGraph(several, folder["whole.meta"], importScope: "q");
        folder.Set("second", Saver.ImportMetaGraph(several, folder["whole.meta"], importScope: "q")!.Def!.RestoreOpName);
        GraphFile.Write(folder["several.pb"], several);
    }

    private static GraphDef WriteAndRead(CaseFolder folder, Graph graph)
    {
        GraphFile.Write(folder["whole.pb"], graph);
        return GraphFile.Read(folder["whole.pb"]);
    }
}
