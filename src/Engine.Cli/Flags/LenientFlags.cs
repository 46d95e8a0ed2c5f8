namespace Engine.Cli.Flags;

/// <summary>Reads a command line as people write it: <c>--flag value</c>, <c>--flag=value</c>, <c>--all=false</c>, <c>--noall</c>, and the beginning of a flag's name where only one begins so.</summary>
internal static class LenientFlags
{
    /// <exception cref="UsageException">Exit code 2.</exception>
    internal static FlagValues Read(IReadOnlyList<Flag> flags, IReadOnlyList<string> arguments)
    {
        var values = new FlagValues(flags);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
            {
                values.Words.Add(argument);
                continue;
            }
            var equals = argument.IndexOf('=');
            var name = equals < 0 ? argument[2..] : argument[2..equals];
            var value = equals < 0 ? null : argument[(equals + 1)..];
            name = name.Replace('-', '_');
            if (Find(flags, name) is { } flag)
            {
                if (value is null && flag.Kind == FlagKind.Switch)
                    value = "true";
                else
                    value ??= ++i < arguments.Count ? arguments[i] : throw new UsageException(2, $"--{flag.Name} needs a value.");
                values[flag.Name] = flag.Convert(value) ?? throw new UsageException(2, $"--{flag.Name}: '{value}' is not one of its values.");
            }
            else if (name.StartsWith("no", StringComparison.Ordinal) && Find(flags, name[2..]) is { Kind: FlagKind.Switch } negated && value is null)
            {
                values[negated.Name] = "false";
            }
            else
            {
                var near = flags.Where(f => f.Name.StartsWith(name, StringComparison.Ordinal)).Select(f => "--" + f.Name).ToList();
                throw new UsageException(2, near.Count > 1 ? $"--{name} may be {string.Join(" or ", near)}." : $"There is no flag --{name}. There are: {string.Join(", ", flags.Select(f => "--" + f.Name))}");
            }
        }
        return values;
    }

    private static Flag? Find(IReadOnlyList<Flag> flags, string name)
    {
        if (flags.FirstOrDefault(f => f.Name == name) is { } exact)
            return exact;
        var begins = name.Length == 0 ? [] : flags.Where(f => f.Name.StartsWith(name, StringComparison.Ordinal)).ToList();
        return begins.Count == 1 ? begins[0] : null;
    }
}
