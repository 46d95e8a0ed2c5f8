using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;

namespace Engine.Conformance.Running;

/// <summary>
/// Runs signatures of a model that lies in a folder: <c>model/tags/signature/number</c>. A signature of <c>*</c> leaves its name to each run's target; models in
/// <c>frozen</c> are plain graphs, and their cases use names of tensors.
/// </summary>
internal sealed class ModelCase(Golden.Case @case, string folder, SessionOptions options)
{

    /// <exception cref="CaseFailedException">It ends otherwise than in TensorFlow.</exception>
    internal void Run()
    {
        var parts = @case.Name.Split('/');
        if (parts is ["frozen", var name, _])
            RunFrozen(name);
        else if (parts.Length >= 4)
            RunSignatures(Path.Combine(folder, parts[0]), parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries), string.Join('/', parts[2..^1]));
        else
            throw new InvalidDataException($"'{@case.Name}' names no model, tags and signature.");
    }

    private void RunFrozen(string name)
    {
        var path = Path.Combine(folder, "frozen", name + ".pb");
        if (Load(() => Graph.FromDef(GraphFile.Read(File.Exists(path) ? path : path + "txt"))) is not { } graph)
            return;
        using var session = new Session(graph, options);
        Check((run, feeds) => session.Run(feeds, [.. run.Fetches.Select(f => f.Name)], run.Targets));
    }

    private void RunSignatures(string path, string[] tags, string signature)
    {
        using var model = Load(() => SavedModel.Load(path, tags, options));
        if (model is not null)
            Check((run, feeds) => Fetch(run, model.Run(signature == "*" ? run.Targets[0] : signature, new Dictionary<string, Tensor>(feeds))));
    }

    // A signature answers all its outputs; those beyond the expected ones are a difference too.
    private static Tensor[] Fetch(Golden.Run run, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var expected = run.Fetches.Select(f => f.Name).ToList();
        if (run.Error == 0 && !expected.ToHashSet().SetEquals(outputs.Keys))
            throw CaseFailedException.WrongValue(new($"the outputs are {string.Join(", ", outputs.Keys)}, not {string.Join(", ", expected)}"));
        return run.Error == 0 ? [.. expected.Select(name => outputs[name])] : [.. outputs.Values];
    }

    private void Check(Func<Golden.Run, IReadOnlyList<KeyValuePair<string, Tensor>>, Tensor[]> execute)
    {
        using var files = new CaseFolder(@case.Files);
        for (var i = 0; i < @case.Runs.Count; i++)
        {
            var run = @case.Runs[i];
            new RunCheck($"run {i}", run, files).Run(feeds => execute(run, feeds));
        }
    }

    // Null when the model is refused as it should be.
    private T? Load<T>(Func<T> load) where T : class
    {
        try
        {
            return load();
        }
        catch (EngineException e)
        {
            foreach (var run in @case.Runs)
            {
                if (run.Error != (int)e.Code)
                    throw CaseFailedException.WrongError("loading", e, run.Error, run.Message);
            }
            return null;
        }
    }
}
