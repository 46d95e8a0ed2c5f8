using System.Globalization;

namespace Engine.Io.Checkpoints;

/// <summary>Names of files that together are one.</summary>
internal static class ShardNames
{
    /// <summary>A number as C's <c>%05d</c> prints it: a minus takes one of the five places.</summary>
    internal static string Number(int value)
        => value.ToString(value < 0 ? "D4" : "D5", CultureInfo.InvariantCulture);

    /// <summary>A data file of a V2 checkpoint.</summary>
    internal static string DataFile(string prefix, int shard, int count) => $"{prefix}.data-{Number(shard)}-of-{Number(count)}";
}
