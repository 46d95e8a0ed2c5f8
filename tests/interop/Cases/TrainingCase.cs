using System.Text.Json;
using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;

namespace Engine.Interop.Cases;

/// <summary>A model that TensorFlow trained: restored and saved by us, also after steps of ours, it goes on in TensorFlow with the same losses.</summary>
internal sealed class TrainingCase : InteropCase
{
    private string model = "";
    private int steps;

    internal override string Name => $"training_{Path.GetFileName(model)}_{steps}";

    internal override string Kind => "training";

    internal override IEnumerable<InteropCase> Variants(string trained)
    {
        foreach (var folder in Directory.EnumerateDirectories(trained, "train_*").Order(StringComparer.Ordinal))
        {
            yield return new TrainingCase { model = folder };
            yield return new TrainingCase { model = folder, steps = 3 };
        }
    }

    internal override void Write(CaseFolder folder)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(Path.Combine(model, "log.json")));
        var expected = log.RootElement.GetProperty("losses").EnumerateArray().Select(l => l.GetDouble()).ToArray();
        var graph = new Graph();
        var saver = Saver.ImportMetaGraph(graph, Path.Combine(model, "model.ckpt-3.meta"))!;
        using var session = new Session(graph);
        saver.Restore(session, Path.Combine(model, "model.ckpt-3"));
        for (var i = 0; i < steps; i++)
        {
            using var x = Tensor.From<float>([.. Enumerable.Range(0, 32).Select(k => MathF.Sin(k * (i + 4)))], [8, 4]);
            using var loss = session.Run([new("net/x", x)], ["loss"], ["train"])[0];
            if (Math.Abs(loss.Item<float>() - expected[i]) > 1e-4 * Math.Max(1, Math.Abs(expected[i])))
                throw new InvalidOperationException($"step {i}: loss {loss.Item<float>()}, in TensorFlow {expected[i]}");
        }
        folder.Set("prefix", saver.Save(session, folder["model.ckpt"], 3 + steps)!);
        folder.Set("first", [(double)steps]);
        folder.Set("losses", expected.Skip(steps));
    }
}
