using System.Text.Json;
using Engine.Io.Events;

namespace Engine.Io.Tests.Events;

public sealed class EventFileTests : IDisposable
{
    private readonly TestData data = new();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData("events.out.tfevents.1500000001.host")]
    [InlineData("events.out.tfevents.1500000002.host.1.0.v2")]
    public void ReadsTensorFlowsFiles(string file)
    {
        var expected = File.ReadLines(TestData.PathOf("events", file + ".jsonl")).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("event")).ToArray();
        var events = EventFileReader.ReadAll(TestData.PathOf("events", file)).ToArray();
        Assert.Equal(expected.Length, events.Length);
        foreach (var (e, what) in expected.Zip(events))
        {
            Assert.Equal(e.GetProperty("wall_time").GetDouble(), what.WallTime, 1e-6);
            Assert.Equal(e.TryGetProperty("step", out var step) ? long.Parse(step.GetString()!) : 0, what.Step);
            Check(e, what.Content);
        }
    }

    [Fact]
    public void ReadsWhatFileWriterWrote()
    {
        using var pixels = Tensor.Allocate(DType.UInt8, new Shape(2, 3, 4, 1));
        using var clips = Tensor.Allocate(DType.Float32, new Shape(1, 8, 1));
        pixels.Clear();
        clips.Clear();
        string path;
        using (var writer = new FileWriter(data["log"]))
        {
            path = writer.Path;
            writer.AddGraph([10, 0]);
            writer.AddScalar("loss", 0.5f, 1);
            writer.AddHistogram("w", Tensor.Wrap([1f, 2, 3]), 2);
            writer.AddImages("i", pixels, 3);
            writer.AddAudio("a", clips, 8000, 4);
            writer.AddSessionLog(SessionStatus.Checkpoint, "model-5", 5);
            writer.AddRunMetadata("run", [], 6);
            writer.AddMetaGraph([18, 0], 7);
        }
        var events = EventFileReader.ReadAll(path).ToArray();
        Assert.Equal(("brain.Event:2", "tensorflow.core.util.events_writer"), (((EventContent.FileVersion)events[0].Content!).Text, events[0].Writer));
        Assert.Equal([0L, 0, 1, 2, 3, 4, 5, 6, 7], events.Select(e => e.Step));
        Assert.Equal([10, 0], ((EventContent.Graph)events[1].Content!).GraphDef);
        Assert.Equal(new SummaryValue("loss", new SummaryContent.Scalar(0.5f)), Values(events[2]).Single());
        Assert.Equal((1.0, 3.0, 3.0, 6.0), Values(events[3]).Single().Content is SummaryContent.Histogram h ? (h.Minimum, h.Maximum, h.Count, h.Sum) : default);
        Assert.Equal(["i/image/0", "i/image/1"], Values(events[4]).Select(v => v.Tag));
        Assert.Equal(8, ((SummaryContent.Audio)Values(events[5]).Single().Content!).Frames);
        Assert.Equal(new EventContent.Session(SessionStatus.Checkpoint, "model-5", ""), events[6].Content);
    }

    [Fact]
    public void ReadsWhatSummaryFileWriterWrote()
    {
        string path;
        using (var writer = new SummaryFileWriter(data["log"]))
        {
            path = writer.Path;
            writer.Scalar("loss", 0.5f, 1, "the *loss*");
            writer.Histogram("w", Tensor.Wrap([1f, 2, 5]), 2, buckets: 4);
            writer.Text("note", "hello", 3);
        }
        var events = EventFileReader.ReadAll(path).ToArray();
        var loss = Values(events[1]).Single();
        Assert.Equal(("scalars", "the *loss*"), (loss.Metadata!.PluginName, loss.Metadata.Description));
        TestData.AssertEqual(Tensor.Scalar(0.5f), ((SummaryContent.OfTensor)loss.Content!).Value);
        Assert.Equal([1, 2, 1, 2, 3, 1, 3, 4, 0, 4, 5, 1], ((SummaryContent.OfTensor)Values(events[2]).Single().Content!).Value.ToArray<double>());
        Assert.Equal(["hello"], ((SummaryContent.OfTensor)Values(events[3]).Single().Content!).Value.ToStrings());
    }

    [Fact]
    public void TwoWritersOfOneSecondKeepTheirFiles()
    {
        using var first = new FileWriter(data["log"]);
        using var second = new FileWriter(data["log"]);
        Assert.NotEqual(first.Path, second.Path);
    }

    [Fact]
    public void DamagedFilesAreHarmless()
    {
        var original = File.ReadAllBytes(TestData.PathOf("events", "events.out.tfevents.1500000002.host.1.0.v2"));
        foreach (var damaged in Mutations.Of(original, 300, seed: 6))
        {
            File.WriteAllBytes(data["d"], damaged);
            Mutations.AssertHarmless(damaged, () => EventFileReader.ReadAll(data["d"]).ToList());
            Mutations.AssertHarmless(damaged, () => EventFileReader.ReadAll(data["d"], skipDamage: true).ToList());
        }
    }

    [Fact]
    public void DamagedEventsInWholeRecordsAreHarmless()
    {
        var records = Io.Records.TFRecordReader.ReadAll(TestData.PathOf("events", "events.out.tfevents.1500000002.host.1.0.v2")).ToArray();
        for (var i = 0; i < records.Length; i++)
        {
            foreach (var damaged in Mutations.Of(records[i], 100, seed: i))
            {
                using (var writer = new Io.Records.TFRecordWriter(data["d"]))
                    writer.Write(damaged);
                Mutations.AssertHarmless(damaged, () => EventFileReader.ReadAll(data["d"]).ToList());
            }
        }
    }

    private static IReadOnlyList<SummaryValue> Values(LoggedEvent what) => ((EventContent.Summary)what.Content!).Values;

    private static void Check(JsonElement e, EventContent? content)
    {
        switch (content)
        {
            case EventContent.FileVersion version:
                Assert.Equal(e.GetProperty("file_version").GetString(), version.Text);
                break;
            case EventContent.Graph graph:
                Assert.Equal(e.GetProperty("graph_def").GetBytesFromBase64(), graph.GraphDef);
                break;
            case EventContent.MetaGraph graph:
                Assert.Equal(e.GetProperty("meta_graph_def").GetBytesFromBase64(), graph.MetaGraphDef);
                break;
            case EventContent.Session session:
                Assert.Equal(e.GetProperty("session_log").GetProperty("checkpoint_path").GetString(), session.CheckpointPath);
                Assert.Equal(SessionStatus.Checkpoint, session.Status);
                break;
            case EventContent.RunMetadata run:
                Assert.Equal(e.GetProperty("tagged_run_metadata").GetProperty("tag").GetString(), run.Tag);
                break;
            case EventContent.Summary summary:
                var values = e.GetProperty("summary").GetProperty("value").EnumerateArray().ToArray();
                Assert.Equal(values.Length, summary.Values.Count);
                foreach (var (v, value) in values.Zip(summary.Values))
                    Check(v, value);
                break;
            default:
                Assert.Fail($"{content} for {e}");
                break;
        }
    }

    private static void Check(JsonElement v, SummaryValue value)
    {
        Assert.Equal(v.GetProperty("tag").GetString(), value.Tag);
        if (v.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("plugin_data", out var plugin))
            Assert.Equal(plugin.GetProperty("plugin_name").GetString(), value.Metadata!.PluginName);
        switch (value.Content)
        {
            case SummaryContent.Scalar scalar:
                Assert.Equal(v.GetProperty("simple_value").GetSingle(), scalar.Value);
                break;
            case SummaryContent.Histogram histogram:
                var h = v.GetProperty("histo");
                Assert.Equal((h.GetProperty("min").GetDouble(), h.GetProperty("max").GetDouble(), h.GetProperty("num").GetDouble()), (histogram.Minimum, histogram.Maximum, histogram.Count));
                Assert.Equal(h.GetProperty("bucket").EnumerateArray().Select(b => b.GetDouble()), histogram.Counts);
                Assert.Equal(h.GetProperty("bucket_limit").EnumerateArray().Select(b => b.GetDouble()), histogram.Limits);
                break;
            case SummaryContent.Image image:
                Assert.Equal(v.GetProperty("image").GetProperty("encoded_image_string").GetBytesFromBase64(), image.Encoded);
                break;
            case SummaryContent.Audio audio:
                Assert.Equal(v.GetProperty("audio").GetProperty("encoded_audio_string").GetBytesFromBase64(), audio.Encoded);
                break;
            case SummaryContent.OfTensor tensor when tensor.Value.Type == DType.String:
                Assert.Equal(v.GetProperty("tensor").GetProperty("string_val").EnumerateArray().Select(s => s.GetBytesFromBase64()), tensor.Value.ToArray<byte[]>());
                break;
            case SummaryContent.OfTensor tensor:
                Assert.Equal(v.GetProperty("tensor").GetProperty("tensor_content").GetBytesFromBase64(), tensor.Value.Bytes().ToArray());
                break;
            default:
                Assert.Fail($"{value} for {v}");
                break;
        }
    }
}
