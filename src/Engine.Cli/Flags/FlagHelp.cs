namespace Engine.Cli.Flags;

/// <summary>Prints a tool's flags.</summary>
internal static class FlagHelp
{
    internal static void Print(TextWriter output, string description, IEnumerable<Flag> flags)
    {
        output.WriteLine();
        output.WriteLine(description);
        output.WriteLine("flags:");
        output.WriteLine();
        foreach (var flag in flags.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            output.WriteLine(flag.Kind == FlagKind.Switch ? $"  --[no]{flag.Name}: {flag.Help}" : flag.Kind == FlagKind.Choice ? $"  --{flag.Name}: <{string.Join('|', flag.Choices)}>: {flag.Help}" : $"  --{flag.Name}: {flag.Help}");
            if (flag.Default is not null)
                output.WriteLine(flag.Kind == FlagKind.Integer ? $"    (default: {flag.Default})" : $"    (default: '{flag.Default}')");
        }
    }
}
