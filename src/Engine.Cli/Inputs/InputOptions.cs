using System.CommandLine;
using Engine.Io;

namespace Engine.Cli.Inputs;

/// <summary>The options that say what a model is fed: <c>--inputs key=file.npy</c>, <c>key=file.npz[name]</c>, <c>--input_exprs key=[[1,2]]</c>, several separated by semicolons.</summary>
internal sealed class InputOptions
{
    internal Option<string[]> Files { get; } = new("--inputs") { Description = "Inputs from files: key=file.npy or key=file.npz[name]; several separated by ';'.", AllowMultipleArgumentsPerToken = true };

    internal Option<string[]> Expressions { get; } = new("--input_exprs") { Description = "Inputs as Python literals: key=[[1,2]]; several separated by ';'.", AllowMultipleArgumentsPerToken = true };

    internal void AddTo(Command command)
    {
        command.Options.Add(Files);
        command.Options.Add(Expressions);
    }

    /// <summary>The inputs by key.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is not understood, NOT_FOUND for files.</exception>
    internal Dictionary<string, Tensor> Read(ParseResult arguments, Signature signature)
    {
        var inputs = new Dictionary<string, Tensor>();
        foreach (var item in Items(arguments.GetValue(Files)))
        {
            var (key, value) = Split(item);
            inputs[key] = FromFile(value);
        }
        foreach (var item in Items(arguments.GetValue(Expressions)))
        {
            var (key, value) = Split(item);
            inputs[key] = new LiteralParser(value).Parse(signature.Inputs.TryGetValue(key, out var input) ? input.Type : DType.Invalid);
        }
        return inputs;
    }

    private static IEnumerable<string> Items(string[]? values)
    {
        foreach (var value in values ?? [])
        {
            var start = 0;
            var quote = '\0';
            for (var i = 0; i <= value.Length; i++)
            {
                if (i < value.Length && value[i] is '"' or '\'')
                    quote = quote == '\0' ? value[i] : quote == value[i] ? '\0' : quote;
                if (i < value.Length && (value[i] != ';' || quote != '\0'))
                    continue;
                if (value[start..i].Trim() is { Length: > 0 } item)
                    yield return item;
                start = i + 1;
            }
        }
    }

    private static (string Key, string Value) Split(string item)
    {
        var equals = item.IndexOf('=');
        return equals > 0
            ? (item[..equals].Trim(), item[(equals + 1)..].Trim())
            : throw EngineException.InvalidArgument($"'{item}' is not of the form key=value.");
    }

    private static Tensor FromFile(string value)
    {
        var open = value.EndsWith(']') ? value.LastIndexOf('[') : -1;
        var (path, name) = open > 0 ? (value[..open], value[(open + 1)..^1]) : (value, null);
        if (!File.Exists(path))
            throw EngineException.NotFound($"There is no file '{path}'.");
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            return NpyReader.Read(path);
        using var arrays = new NpzReader(path);
        if (name is null && arrays.Names.Count == 1)
            return arrays.Read(arrays.Names.First());
        return name is not null && arrays.Names.Contains(name)
            ? arrays.Read(name)
            : throw EngineException.InvalidArgument($"'{path}' holds {string.Join(", ", arrays.Names)}; say which: {path}[name].");
    }
}
