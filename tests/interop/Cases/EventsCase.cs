using Engine.Io.Events;

namespace Engine.Interop.Cases;

/// <summary>Event files of both generations: TensorFlow's summary iterator reads them, and the pictures and sounds in them.</summary>
internal sealed class EventsCase : InteropCase
{
    internal override string Kind => "events";

    internal override void Write(CaseFolder folder)
    {
        using var pixels = Tensor.From<byte>([.. Enumerable.Range(0, 2 * 3 * 4 * 3).Select(i => (byte)(i * 3))], [2, 3, 4, 3]);
        using var clip = Tensor.From<float>([.. Enumerable.Range(0, 16).Select(i => i / 16f)], [1, 8, 2]);
        using var values = Tensor.From<float>([1, 2, 2.5f, 5], [4]);
        using (var writer = new FileWriter(folder["v1"]))
        {
            writer.AddScalar("loss", 0.25f, 1);
            writer.AddHistogram("values", values, 2);
            writer.AddImages("pixels", pixels, 3);
            writer.AddAudio("clip", clip, 8000, 4);
            writer.AddSessionLog(SessionStatus.Checkpoint, "model-5", 5);
        }
        using (var writer = new SummaryFileWriter(folder["v2"]))
        {
            writer.Scalar("loss", 0.25f, 1, "the *loss*");
            writer.Histogram("values", values, 2, buckets: 4);
            writer.Image("pixels", pixels, 3);
            writer.Audio("clip", clip, 8000, 4);
            writer.Text("note", "hello", 5);
        }
        folder.Set("tensors", [KeyValuePair.Create("pixels", pixels), KeyValuePair.Create("clip", clip), KeyValuePair.Create("values", values)]);
    }
}
