using System.CommandLine;
using System.Globalization;
using Engine.Io;
using Engine.Runtime;

namespace Engine.Cli.Commands;

/// <summary>The options that choose a model, one of its graphs, and a signature.</summary>
internal sealed class ModelOptions
{
    internal Option<string?> Directory { get; } = new("--dir") { Description = "The folder of the SavedModel." };

    internal Option<string> Tags { get; } = new("--tag_set") { Description = "Tags of the graph, separated by commas.", DefaultValueFactory = _ => "serve" };

    internal Option<string?> SignatureKey { get; } = new("--signature_def") { Description = "Key of the signature; serving_default, or the only one." };

    internal Option<int> Threads { get; } = new("--threads") { Description = "Threads for the work inside ops; all cores by default.", DefaultValueFactory = _ => Environment.ProcessorCount };

    internal Option<string> Processors { get; } = new("--processors") { Description = "Processors on which the threads stay, separated by commas; wherever the system puts them by default.", DefaultValueFactory = _ => "" };

    internal Option<string> DisabledPasses { get; } = new("--disable_passes") { Description = $"Passes over plans that do not run, separated by commas: {string.Join(", ", PlanPasses.All)}.", DefaultValueFactory = _ => "" };

    internal void AddTo(Command command)
    {
        command.Options.Add(Directory);
        command.Options.Add(Tags);
        command.Options.Add(SignatureKey);
        command.Options.Add(Threads);
        command.Options.Add(Processors);
        command.Options.Add(DisabledPasses);
    }

    /// <summary>Loads the model.</summary>
    internal SavedModel Load(ParseResult arguments, string directory)
    {
        var tags = arguments.GetValue(Tags)!.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var threads = arguments.GetValue(Threads);
        if (threads < 1)
            throw EngineException.InvalidArgument($"--threads must be 1 or more, not {threads}.");
        return SavedModel.Load(directory, tags, new SessionOptions
        {
            Threads = threads,
            Processors = [.. arguments.GetValue(Processors)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ProcessorNumber)],
            MapsVariables = true,
            DisabledPasses = arguments.GetValue(DisabledPasses)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        });
    }

    private static int ProcessorNumber(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw EngineException.InvalidArgument($"--processors takes numbers separated by commas; '{word}' is not one.");

    /// <summary>The signature that was asked for.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT, with those there are.</exception>
    internal Signature Choose(ParseResult arguments, SavedModel model)
    {
        var key = arguments.GetValue(SignatureKey);
        if (key is null && model.Signatures.TryGetValue("serving_default", out var usual))
            return usual;
        var callable = model.Signatures.Where(s => !s.Key.StartsWith("__", StringComparison.Ordinal)).ToList();
        if (key is null && callable.Count == 1)
            return callable[0].Value;
        if (key is not null && model.Signatures.TryGetValue(key, out var found))
            return found;
        throw EngineException.InvalidArgument($"{(key is null ? "Choose a signature with --signature_def" : $"Could not find signature \"{key}\"")}. There are: {string.Join(", ", model.Signatures.Keys.Order(StringComparer.Ordinal))}");
    }
}
