namespace Engine.Cli.Flags;

/// <summary>
/// Reads a command line as saved_model_cli 2.15 does. Two parsers see it there, one after the other: the first takes any flag that it knows, anywhere,
/// with one dash or two; the second then refuses what it reads differently. Their exit codes differ: 1 and 2.
/// </summary>
internal static class StrictFlags
{
    private const string HelpHint = "Pass --helpshort or --helpfull to see help on flags.";

    /// <exception cref="UsageException">With the exit code.</exception>
    internal static FlagValues Read(IReadOnlyList<Flag> flags, IReadOnlyList<string> arguments)
    {
        var values = new FlagValues(flags);
        var tolerated = new HashSet<string>();
        var unknown = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument == "--")
            {
                values.Words.AddRange(arguments.Skip(i + 1));
                break;
            }
            var (name, value) = Split(argument);
            if (name.Length == 0)
            {
                values.Words.Add(argument);
                continue;
            }
            var flag = Find(flags, name);
            if (name == "undefok" && flag is null)
            {
                foreach (var known in (value ?? Next(arguments, ref i, argument)).Split(','))
                    tolerated.UnionWith([known, "no" + known]);
            }
            else if (flag is not null)
            {
                var text = value ?? (flag.Kind == FlagKind.Switch ? "true" : Next(arguments, ref i, argument));
                values[flag.Name] = flag.Convert(text) ?? throw Fatal($"flag --{flag.Name}={text}: {Reason(flag, text)}");
            }
            else if (Negated(flags, name) is { } negated)
            {
                values[negated.Name] = value is null ? "false" : throw new UsageException(1, $"ValueError: {argument} does not take an argument");
            }
            else
            {
                unknown.Add(name);
            }
        }
        if (unknown.Find(n => !tolerated.Contains(n)) is { } bad)
            throw Fatal($"Unknown command line flag '{bad}'");
        return values;
    }

    /// <summary>Refuses what the second parser does not take.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="program">The program with the command, for messages.</param>
    /// <param name="words">How many words may stand between flags.</param>
    /// <exception cref="UsageException">Exit code 2.</exception>
    internal static void Check(IReadOnlyList<Flag> flags, IReadOnlyList<string> arguments, string program, int words)
    {
        var extra = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument == "--")
            {
                extra.AddRange(arguments.Skip(i));
                break;
            }
            var (name, value) = Split(argument);
            if (name.Length == 0)
            {
                if (words-- <= 0)
                    extra.Add(argument);
                continue;
            }
            var flag = Find(flags, name) ?? Negated(flags, name);
            var isShort = !argument.StartsWith("--", StringComparison.Ordinal);
            if (flag is null || (isShort && name.Length > 1))
            {
                // The value of a flag with one dash is another word to this parser.
                if (flag is not null || !IsTolerated(arguments, name))
                    extra.Add(argument);
                continue;
            }
            if (flag.Kind == FlagKind.Switch)
            {
                if (value is not null)
                    throw new UsageException(2, $"{program}: error: argument --{flag.Name}/--no{flag.Name}: ignored explicit argument '{value}'");
            }
            else if (value is null && (++i >= arguments.Count || LooksLikeFlag(arguments[i])))
            {
                throw new UsageException(2, $"{program}: error: argument --{flag.Name}: expected one argument");
            }
        }
        if (extra.Count > 0)
            throw new UsageException(2, $"{program.Split(' ')[0]}: error: unrecognized arguments: {string.Join(' ', extra)}");
    }

    private static bool IsTolerated(IReadOnlyList<string> arguments, string name) => name == "undefok" || arguments.Any(a => Split(a) is ("undefok", _));

    // A dash at the beginning makes a flag, but for negative numbers and text with blanks.
    private static bool LooksLikeFlag(string argument) => argument.Length > 1 && argument[0] == '-' && !argument.Contains(' ')
        && !(argument.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 || double.TryParse(argument.AsSpan(1), System.Globalization.NumberStyles.AllowDecimalPoint, null, out _));

    private static (string Name, string? Value) Split(string argument)
    {
        if (!argument.StartsWith('-'))
            return ("", null);
        var plain = argument[(argument.StartsWith("--", StringComparison.Ordinal) ? 2 : 1)..];
        var equals = plain.IndexOf('=');
        return equals < 0 ? (plain, null) : (plain[..equals], plain[(equals + 1)..]);
    }

    private static Flag? Find(IReadOnlyList<Flag> flags, string name) => flags.FirstOrDefault(f => f.Name == name);

    private static Flag? Negated(IReadOnlyList<Flag> flags, string name) => name.StartsWith("no", StringComparison.Ordinal) && name.Length > 2
        ? flags.FirstOrDefault(f => f.Name == name[2..] && f.Kind == FlagKind.Switch)
        : null;

    private static string Next(IReadOnlyList<string> arguments, ref int i, string argument) => ++i < arguments.Count
        ? arguments[i]
        : throw Fatal($"Missing value for flag {argument}");

    private static string Reason(Flag flag, string value) => flag.Kind switch
    {
        FlagKind.Switch => $"Non-boolean argument to boolean flag: {value}",
        FlagKind.Choice => $"value should be one of <{string.Join('|', flag.Choices)}>",
        _ => $"invalid literal for int() with base 10: '{value}'",
    };

    private static UsageException Fatal(string message) => new(1, $"FATAL Flags parsing error: {message}\n{HelpHint}");
}
