using Engine.Io.Graphs;
using Engine.Io.SavedModels;
using Google.Protobuf;

namespace Engine.Io.Tests.SavedModels;

/// <summary>Functions and objects that stay bytes until they are asked for.</summary>
public class StoredMetaGraphTests
{
    [Fact]
    public void FunctionsAreWhatAParserReads()
    {
        var compared = 0;
        foreach (var folder in Models())
        {
            var whole = MetaGraphFile.Read(folder).MetaGraphs;
            if (whole.Count != 1)
                continue;
            var stored = StoredMetaGraph.Read(folder, null);
            var expected = GraphImporter.Import(whole[0].GraphDef);
            var actual = GraphImporter.Import(stored.Message.GraphDef, stored.Functions);
            Assert.Equal(expected.Functions.Select(f => f.Name), actual.Functions.Select(f => f.Name));
            foreach (var (function, source) in expected.Functions.Zip(stored.Functions))
                Assert.True(function.Nodes.All(n => source.MayHave(n.Op)), source.Name);
            Assert.Equal(GraphExporter.Export(expected), GraphExporter.Export(actual));
            compared += stored.Functions.Count;
            whole[0].GraphDef.Library?.Function.Clear();
            if (stored.Objects is not null)
                Assert.Equal(whole[0].ObjectGraphDef, Protos.SavedObjectGraph.Parser.ParseFrom(stored.Objects));
            whole[0].ObjectGraphDef = stored.Objects is null ? whole[0].ObjectGraphDef : null;
            Assert.Equal(whole[0], stored.Message);
        }
        Assert.True(compared > 0, "no functions were compared");
    }

    [Fact]
    public void BytesThatCountAsSoundCanBeParsed()
    {
        var (sound, damaged) = (0, 0);
        foreach (var folder in Models())
        {
            foreach (var graph in MetaGraphFile.Read(folder).MetaGraphs)
            {
                foreach (var function in (graph.GraphDef.Library?.Function ?? []).Take(3))
                    Check(function.ToByteArray(), WireSchema.FunctionDef, bytes => Protos.FunctionDef.Parser.ParseFrom(bytes));
                if (graph.ObjectGraphDef is { } objects)
                    Check(objects.ToByteArray(), WireSchema.SavedObjectGraph, bytes => Protos.SavedObjectGraph.Parser.ParseFrom(bytes));
            }
        }
        Assert.True(sound > 100 && damaged > 100, $"{sound} sound, {damaged} damaged");

        void Check(byte[] original, WireSchema schema, Action<byte[]> parse)
        {
            Assert.True(IsSound(original, schema));
            foreach (var bytes in Mutations.Of(original, 600, original.Length))
            {
                if (!IsSound(bytes, schema))
                {
                    damaged++;
                    continue;
                }
                sound++;
                parse(bytes);
            }
        }
    }

    private static bool IsSound(byte[] bytes, WireSchema schema)
    {
        try
        {
            return WireCheck.IsSound(bytes, schema);
        }
        catch (EngineException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Models() => Directory.EnumerateDirectories(TestData.PathOf("models")).Where(d => File.Exists(Path.Combine(d, "saved_model.pb")));
}
