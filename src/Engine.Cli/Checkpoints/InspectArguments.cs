using Engine.Cli.Flags;

namespace Engine.Cli.Checkpoints;

/// <summary>The command line of inspect_checkpoint, read as Python's argparse does: names may be cut short, and what is not known is left over.</summary>
internal sealed class InspectArguments
{
    private static readonly string[] Names = ["--help", "--file_name", "--tensor_name", "--count_exclude_pattern", "--all_tensors", "--all_tensor_names", "--printoptions"];

    internal string FileName { get; private set; } = "";

    internal string TensorName { get; private set; } = "";

    internal string ExcludePattern { get; private set; } = "";

    internal bool AllTensors { get; private set; }

    internal bool AllTensorNames { get; private set; }

    internal bool Help { get; private set; }

    internal PrintOptionsParser Print { get; } = new();

    /// <summary>Words and flags that belong to none of these.</summary>
    internal List<string> Rest { get; } = [];

    /// <exception cref="UsageException">Exit code 2.</exception>
    internal static InspectArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new InspectArguments();
        for (var i = 0; i < arguments.Count && !parsed.Help;)
            parsed.Take(arguments, ref i);
        return parsed;
    }

    private void Take(IReadOnlyList<string> arguments, ref int i)
    {
        var argument = arguments[i++];
        if (argument == "--")
        {
            Rest.AddRange(arguments.Skip(i - 1));
            i = arguments.Count;
            return;
        }
        var equals = argument.IndexOf('=');
        var value = equals < 0 ? null : argument[(equals + 1)..];
        if (Find(equals < 0 ? argument : argument[..equals]) is not { } name)
        {
            Rest.Add(argument);
            return;
        }
        switch (name)
        {
            case "--help":
                Help = value is null ? true : throw Wrong($"argument -h/--help: ignored explicit argument '{value}'");
                break;
            case "--all_tensors":
                AllTensors = Switch(value, arguments, ref i);
                break;
            case "--all_tensor_names":
                AllTensorNames = Switch(value, arguments, ref i);
                break;
            case "--printoptions" when value is not null:
                Print.Set(value);
                break;
            case "--printoptions":
                while (i < arguments.Count && !IsFlag(arguments[i]))
                    Print.Set(arguments[i++]);
                break;
            default:
                value ??= i < arguments.Count && !IsFlag(arguments[i]) ? arguments[i++] : throw Wrong($"argument {name}: expected one argument");
                if (name == "--file_name")
                    FileName = value;
                else if (name == "--tensor_name")
                    TensorName = value;
                else
                    ExcludePattern = value;
                break;
        }
    }

    private static bool Switch(string? value, IReadOnlyList<string> arguments, ref int i)
    {
        if (value is null && i < arguments.Count && !IsFlag(arguments[i]))
            value = arguments[i++];
        return value is null || value.Equals("true", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Find(string name)
    {
        if (name == "-h")
            return "--help";
        if (!name.StartsWith("--", StringComparison.Ordinal))
            return null;
        if (Names.Contains(name))
            return name;
        var begins = Names.Where(n => n.StartsWith(name, StringComparison.Ordinal)).ToList();
        return begins.Count switch
        {
            0 => null,
            1 => begins[0],
            _ => throw Wrong($"ambiguous option: {name} could match {string.Join(", ", begins)}"),
        };
    }

    // Negative numbers and text with blanks are values.
    private static bool IsFlag(string argument) => argument.Length > 1 && argument[0] == '-'
        && !(argument.Contains(' ') && Find(argument.Split('=')[0]) is null)
        && !double.TryParse(argument.AsSpan(1), System.Globalization.NumberStyles.AllowDecimalPoint, null, out _);

    internal static UsageException Wrong(string message) => new(2, $"inspect_checkpoint.py: error: {message}");
}
