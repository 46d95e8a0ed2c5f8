using System.Numerics;
using Engine.Cli.Debugging;
using Engine.Cli.Flags;
using Engine.Graphs;
using Engine.Io;
using Engine.Io.Numpy;
using Engine.Io.Python;
using Engine.Io.SavedModels;
using Engine.Runtime;
using TensorInfo = Engine.Io.Protos.TensorInfo;

namespace Engine.Cli.SavedModels;

/// <summary>Feeds a signature, fetches all its outputs, prints and saves them.</summary>
internal sealed class SignatureRun(Terminal terminal, FlagValues flags, int? threads)
{
    internal void Run(Io.Protos.SignatureDef signature, IReadOnlyList<string> tags, List<KeyValuePair<string, object?>> inputs, LoadAhead ahead)
    {
        foreach (var (key, _) in inputs)
        {
            if (!signature.Inputs.ContainsKey(key))
                throw PythonException.Value($"\"{key}\" is not a valid input key. Please choose from \"{string.Join("\", \"", signature.Inputs.Keys.Order(CodePointOrder.Instance))}\", or use --show option.");
        }
        var outputs = signature.Outputs.OrderBy(o => o.Key, CodePointOrder.Instance).ToList();
        using var progress = new Progress(terminal);
        progress.Begin("Loading");
        using var model = Engine.Io.SavedModel.Load(ahead, flags["dir"]!, tags, [.. outputs.Select(o => o.Value.Name)], new SessionOptions { Threads = threads ?? Environment.ProcessorCount, MapsVariables = true });
        progress.End();
        var arrays = new Dictionary<string, NdArray>();
        var feeds = new Dictionary<string, Tensor>();
        foreach (var (key, value) in inputs)
        {
            var tensor = Find(model.Graph, signature.Inputs[key], "feed_dict key");
            (arrays[tensor.Name], feeds[tensor.Name]) = Convert(value, tensor);
        }
        var fetches = outputs.ConvertAll(o => Fetch(model.Graph, o.Value));
        string[] wanted = [.. fetches.Where(f => f is not null).Select(f => f!.Value.Name)];
        string[] targets = [.. outputs.Where((_, i) => fetches[i] is null).Select(o => o.Value.Name)];
        if (flags.Has("tf_debug"))
            new StepThrough(terminal, model.Session).Run([.. feeds], wanted, targets);
        progress.Begin("Running");
        var results = new Queue<Tensor>(model.Session.Run([.. feeds], wanted, targets));
        progress.End();
        for (var i = 0; i < outputs.Count; i++)
        {
            using var result = fetches[i] is null ? null : results.Dequeue();
            Report(outputs[i].Key, result, fetches[i] is { } fetch ? arrays.GetValueOrDefault(fetch.Name) : null);
        }
    }

    private static Value Find(Graph graph, TensorInfo info, string what)
    {
        var colon = info.Name.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(info.Name.AsSpan(colon + 1), out _))
        {
            throw PythonException.WrongType($"Cannot interpret {what} as Tensor: The name '{info.Name}' looks like an (invalid) Operation name, not a Tensor. "
                + "Tensor names must be of the form \"<op_name>:<output_index>\".");
        }
        return graph.ValueByName(info.Name);
    }

    // An operation is run and has no value.
    private static Value? Fetch(Graph graph, TensorInfo info)
    {
        if (info.Name.Length > 0 && !info.Name.Contains(':') && graph.Find(info.Name) is not null)
            return null;
        if (info.Name.Length == 0)
            throw PythonException.Value("Argument `fetch` =  cannot be interpreted as a Tensor. (\"The name '' refers to an Operation not in the graph.\")");
        return Find(graph, info, "`fetch`");
    }

    /// <summary>What <c>np.asarray(value, dtype)</c> makes, and the tensor of it.</summary>
    private static (NdArray Array, Tensor Tensor) Convert(object? value, Value target)
    {
        var type = NumpyType.Of(target.Type.Base());
        if (type.IsNumber && value is BigInteger or bool)
        {
            // A number that the type cannot hold exactly is refused, where it stands alone.
            var held = ArrayMaker.Make(value, type)[0];
            if (!PythonEquality.AreEqual(held, value))
                throw PythonException.WrongType($"Type of feed value {PythonText.Str(value)} with type <class '{PythonText.ClassName(value)}'> is not compatible with Tensor type {target.Type.Name()}.");
        }
        var array = type.Kind == 'V' ? ArrayMaker.Make(value) : ArrayMaker.Make(value, type);
        if (!target.Shape.IsCompatibleWith(new Shape(array.Shape)))
        {
            throw PythonException.Value($"Cannot feed value of shape {NdArray.ShapeText(array.Shape)} for Tensor {target.Name}, which has shape "
                + $"({string.Join(", ", target.Shape.Dims.ToArray().Select(d => d < 0 ? "None" : $"{d}"))}{(target.Shape.Rank == 1 ? "," : "")})");
        }
        var tensor = TensorArrays.ToTensor(array, target.Type.Base());
        // Types that numpy lacks are what the tensor holds.
        return (type.Kind == 'V' ? TensorArrays.ToArray(tensor) : array, tensor);
    }

    private void Report(string key, Tensor? result, NdArray? fed)
    {
        terminal.Out.WriteLine($"Result for output key {key}:");
        terminal.Out.WriteLine(result is null ? "None" : fed is not null ? ArrayPrinter.Print(fed, PrintOptions.Default) : TensorArrays.Print(result, PrintOptions.Default));
        if (string.IsNullOrEmpty(flags["outdir"]) || result is null)
            return;
        var folder = flags["outdir"]!;
        Directory.CreateDirectory(folder);
        if (key.Contains('/') || key.Contains('\\') || key.Contains('\0'))
            throw new PythonException("FileNotFoundError", $"The output key {PythonText.Repr(key)} names a place outside of the output folder; it is not saved.");
        // Kept as TensorFlow joins it, so that messages read the same.
        var path = Path.Combine(folder, key + ".npy");
        if (Path.Exists(path) && !flags.Has("overwrite"))
            throw new PythonException("RuntimeError", $"Output file {path} already exists. Add \"--overwrite\" to overwrite the existing output files.");
        NumpyFile.Save(path, result, fed);
        terminal.Out.WriteLine($"Output {key} is saved to {path}");
    }
}
