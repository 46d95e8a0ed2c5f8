namespace Engine.Cli.Flags;

/// <summary>The flags of a command line, and the words between them.</summary>
internal sealed class FlagValues(IReadOnlyList<Flag> flags)
{
    private readonly Dictionary<string, string> values = [];

    /// <summary>What is no flag: the command and what follows it.</summary>
    internal List<string> Words { get; } = [];

    /// <summary>The value, or the flag's default.</summary>
    internal string? this[string name]
    {
        get => values.GetValueOrDefault(name) ?? flags.FirstOrDefault(f => f.Name == name)?.Default;
        set => values[name] = value!;
    }

    internal bool Has(string name) => this[name] == "true";
}
