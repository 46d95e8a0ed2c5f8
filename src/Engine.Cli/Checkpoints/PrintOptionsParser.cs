using System.Globalization;
using Engine.Cli.Flags;
using Engine.Io.Numpy;

namespace Engine.Cli.Checkpoints;

/// <summary>Options of <c>numpy.set_printoptions</c> as <c>name=value</c>.</summary>
internal sealed class PrintOptionsParser
{
    internal PrintOptions Options { get; private set; } = PrintOptions.Default;

    /// <exception cref="UsageException">Exit code 2 for what is no option, 1 for a number that is none, as in TensorFlow.</exception>
    internal void Set(string option)
    {
        var equals = option.IndexOf('=');
        if (equals <= 0)
            throw Wrong($"'{option}' is not in the form k=v.");
        var (name, value) = (option[..equals], option[(equals + 1)..]);
        switch (name)
        {
            case "precision":
                Options = Options with { Precision = Integer(value) };
                break;
            case "threshold":
                Options = Options with { Threshold = Integer(value) };
                break;
            case "edgeitems":
                Options = Options with { EdgeItems = Integer(value) };
                break;
            case "linewidth":
                Options = Options with { LineWidth = Integer(value) };
                break;
            case "suppress":
                Options = Options with { Suppress = Switch(value) };
                break;
            case "legacy":
                // Takes the names of old versions only; the command line cannot give one.
                Switch(value);
                break;
            case "nanstr":
                Options = Options with { NanText = value };
                break;
            case "infstr":
                Options = Options with { InfinityText = value };
                break;
            case "sign" when value is "-" or "+" or " ":
                Options = Options with { Sign = value[0] };
                break;
            case "floatmode" when value is "fixed" or "unique" or "maxprec" or "maxprec_equal":
                Options = Options with { FloatMode = value };
                break;
            case "sign" or "floatmode":
                throw Wrong($"invalid parse_numpy_printoption value: '{option}'");
            case "formatter":
                throw Wrong("Setting 'formatter' from the command line is not supported.");
            default:
                throw Wrong($"'{name}' is not a valid printoption.");
        }
    }

    private static int Integer(string value) => int.TryParse(value.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new UsageException(1, $"ValueError: invalid literal for int() with base 10: '{value}'");

    private static bool Switch(string value) => value.ToLowerInvariant() switch
    {
        "true" or "t" or "1" => true,
        "false" or "f" or "0" => false,
        _ => throw new UsageException(1, $"ValueError: Non-boolean argument to boolean flag {value}"),
    };

    private static UsageException Wrong(string message) => InspectArguments.Wrong($"argument --printoptions: {message}");
}
