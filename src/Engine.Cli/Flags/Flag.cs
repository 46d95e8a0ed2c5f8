namespace Engine.Cli.Flags;

/// <summary>A flag of a command.</summary>
/// <param name="Name">The name, without dashes.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Default">The value where it is not given, or null.</param>
/// <param name="Help">What it does.</param>
internal sealed record Flag(string Name, FlagKind Kind, string? Default, string Help)
{
    /// <summary>The values that an enumeration allows.</summary>
    internal string[] Choices { get; init; } = [];

    /// <summary>The value as it is kept, or null if it is none of this flag's.</summary>
    internal string? Convert(string value) => Kind switch
    {
        FlagKind.Switch => value.ToLowerInvariant() switch
        {
            "true" or "t" or "1" => "true",
            "false" or "f" or "0" => "false",
            _ => null,
        },
        FlagKind.Integer => System.Numerics.BigInteger.TryParse(value.StartsWith("0x", StringComparison.Ordinal) ? "0" + value[2..] : value,
            value.StartsWith("0x", StringComparison.Ordinal) ? System.Globalization.NumberStyles.AllowHexSpecifier : System.Globalization.NumberStyles.AllowLeadingSign, null, out _) ? value : null,
        FlagKind.Choice => Choices.Contains(value) ? value : null,
        _ => value,
    };
}
