using System.Text.RegularExpressions;
using Engine.Io;
using Engine.Io.Numpy;
using Engine.Io.Numpy.Evaluation;
using Engine.Io.Python;

namespace Engine.Cli.SavedModels;

/// <summary>The inputs of a run by key, from files, expressions and examples. Later kinds win over earlier ones, with a warning.</summary>
internal sealed partial class RunInputs(Terminal terminal, bool isLenient = false)
{
    /// <summary>Reads all inputs.</summary>
    /// <returns>Arrays and values of Python, in the order in which they were first given.</returns>
    /// <exception cref="EngineException">For what is not understood, and for files.</exception>
    internal List<KeyValuePair<string, object?>> Read(string files, string expressions, string examples)
    {
        var inputs = new List<KeyValuePair<string, object?>>();
        var fromFiles = ParseFiles(files);
        var fromExpressions = ParseExpressions(expressions, EvaluateExpression);
        var fromExamples = ParseExpressions(examples, EvaluateLiteral).ConvertAll(e => KeyValuePair.Create(e.Key, (object?)ExampleText.Serialize(e.Value)));
        foreach (var (key, (file, variable)) in fromFiles)
            Set(inputs, key, Load(file, variable), null);
        foreach (var (key, value) in fromExpressions)
            Set(inputs, key, value, $"input_key {key} has been specified with both --inputs and --input_exprs options. Value in --input_exprs will be used.");
        foreach (var (key, value) in fromExamples)
            Set(inputs, key, value, $"input_key {key} has been specified in multiple options. Value in --input_examples will be used.");
        return inputs;
    }

    private void Set(List<KeyValuePair<string, object?>> inputs, string key, object? value, string? warning)
    {
        var at = inputs.FindIndex(i => i.Key == key);
        if (at < 0)
        {
            inputs.Add(new(key, value));
            return;
        }
        if (warning is not null)
            Warn(warning);
        inputs[at] = new(key, value);
    }

    private void Warn(string text) => terminal.Error.WriteLine($"WARNING:tensorflow:{text}");

    private static List<KeyValuePair<string, (string File, string? Variable)>> ParseFiles(string text)
    {
        var files = new List<KeyValuePair<string, (string, string?)>>();
        foreach (var item in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var match = FileOfVariable().Match(item);
            if (!match.Success)
                match = WholeFile().Match(item);
            if (!match.Success)
                throw new PythonException("RuntimeError", $"--inputs \"{item}\" format is incorrect. Please follow\"<input_key>=<filename>\", or\"<input_key>=<filename>[<variable_name>]\"");
            var key = match.Groups[1].Value;
            files.RemoveAll(f => f.Key == key);
            files.Add(new(key, (match.Groups[2].Value, match.Groups[3].Success ? match.Groups[3].Value : null)));
        }
        return files;
    }

    // The split at semicolons looks at no quotes: so it is in TensorFlow.
    private static List<KeyValuePair<string, object?>> ParseExpressions(string text, Func<string, object?> evaluate)
    {
        var values = new List<KeyValuePair<string, object?>>();
        foreach (var item in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!text.Contains('='))
                throw new PythonException("RuntimeError", $"--input_exprs \"{text}\" format is incorrect. Please follow\"<input_key>=<python expression>\"");
            var equals = item.IndexOf('=');
            if (equals < 0)
                throw PythonException.Value("not enough values to unpack (expected 2, got 1)");
            var entry = KeyValuePair.Create(item[..equals], evaluate(item[(equals + 1)..]));
            var at = values.FindIndex(v => v.Key == entry.Key);
            if (at < 0)
                values.Add(entry);
            else
                values[at] = entry;
        }
        return values;
    }

    private static object? EvaluateLiteral(string expression)
    {
        try
        {
            return PythonLiterals.Evaluate(expression);
        }
        catch (PythonException e)
        {
            throw NotLiteral(expression, e);
        }
    }

    // Literals as TensorFlow 2.15 takes them, and numpy expressions as it took them before.
    private object? EvaluateExpression(string expression)
    {
        PythonNode node;
        try
        {
            node = PythonParser.Parse(expression);
            if (!NumpyEvaluator.MentionsNumpy(node))
                return PythonLiterals.Evaluate(node);
        }
        catch (PythonException e)
        {
            throw NotLiteral(expression, e);
        }
        // TensorFlow has one name for it.
        if (!isLenient && PythonLexer.Split(expression).Exists(t => t.IsWord("numpy")))
            throw new PythonException("NameError", "name 'numpy' is not defined");
        return NumpyEvaluator.Evaluate(node);
    }

    private static PythonException NotLiteral(string expression, Exception cause) => new("RuntimeError", $"Expression \"{expression}\" is not a valid python literal.", cause);

    private object? Load(string file, string? variable)
    {
        object? data;
        try
        {
            data = NumpyFile.Load(file);
        }
        catch (PythonException e) when (e.Type == "_pickle.UnpicklingError")
        {
            throw new PythonException(e.Type, $"Failed to interpret file {file} as a pickle: {e.Text}", e);
        }
        switch (data)
        {
            case NdArray when variable is not null:
                Warn($"Input file {file} contains a single ndarray. Name key \"{variable}\" ignored.");
                return data;
            case NumpyArchive archive when variable is not null:
                var name = archive.Arrays.ContainsKey(variable) || !variable.EndsWith(".npy", StringComparison.Ordinal) ? variable : variable[..^4];
                return archive.Arrays.TryGetValue(name, out var found) ? found : throw Missing(file, variable);
            case NumpyArchive archive:
                return archive.Arrays.Count == 1
                    ? archive.Arrays.Values.First()
                    : throw new PythonException("RuntimeError", $"Input file {file} contains more than one ndarrays. Please specify the name of ndarray to use.");
            case PythonDict dict when variable is not null:
                return dict.TryGet(variable, out var value) ? value : throw Missing(file, variable);
            case List<object?> or PythonTuple or PythonSet or string when variable is not null:
                throw Missing(file, variable);
            default:
                return variable is null ? data : throw PythonException.WrongType($"argument of type '{PythonText.ClassName(data)}' is not iterable");
        }
    }

    private static PythonException Missing(string file, string variable) => new("RuntimeError", $"Input file {file} does not contain variable with name \"{variable}\".");

    [GeneratedRegex(@"\A([^=]+)=([^\[\]]+)\[([^\[\]]+)\]\n?\z")]
    private static partial Regex FileOfVariable();

    [GeneratedRegex(@"\A([^=]+)=([^\[\]]+)\n?\z")]
    private static partial Regex WholeFile();
}
