using System.Text;
using Engine.Io.Examples;
using Engine.Io.Records;

namespace Engine.Interop.Cases;

/// <summary>Examples in a TFRecord file of each compression: TensorFlow reads and parses them.</summary>
internal sealed class RecordsCase : InteropCase
{
    private RecordCompression compression;

    internal override string Name => $"records_{compression.ToString().ToLowerInvariant()}";

    internal override string Kind => "records";

    internal override IEnumerable<InteropCase> Variants(string trained) => Enum.GetValues<RecordCompression>().Select(c => new RecordsCase { compression = c });

    internal override void Write(CaseFolder folder)
    {
        const int count = 300;
        using (var writer = new TFRecordWriter(folder["records"], compression))
        {
            for (var i = 0; i < count; i++)
            {
                var sequence = new SequenceExample { Context = { ["id"] = Feature.Of((long)-i) }, FeatureLists = { ["rows"] = [Feature.Of((float)i, 0.5f), Feature.Of(1f, 2f)] } };
                writer.Write(new Example
                {
                    ["id"] = Feature.Of((long)-i),
                    ["values"] = Feature.Of([.. Enumerable.Range(0, i).Select(k => k / 2f)]),
                    ["name"] = Feature.Of(Encoding.UTF8.GetBytes($"é{i}"), []),
                    ["sequence"] = Feature.Of(sequence.ToBytes()),
                }.ToBytes());
            }
        }
        folder.Set("compression", compression switch { RecordCompression.Gzip => "GZIP", RecordCompression.Zlib => "ZLIB", _ => "" });
        folder.Set("count", [count]);
    }
}
