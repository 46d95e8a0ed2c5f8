namespace Engine.Cli.Flags;

/// <summary>What values a flag takes.</summary>
internal enum FlagKind
{
    Text,
    Switch,
    Integer,
    Choice,
}
