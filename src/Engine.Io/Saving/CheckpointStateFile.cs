using System.Globalization;
using System.Text;
using Engine.Io.Files;

namespace Engine.Io.Saving;

/// <summary>Writes the state file, line for line as TensorFlow does. <see cref="CheckpointState"/> reads it.</summary>
internal static class CheckpointStateFile
{
    internal const string DefaultName = "checkpoint";

    internal static void Write(string folder, string latest, IReadOnlyList<string> all, string? name, IReadOnlyList<double>? timestamps,
        double? lastPreserved, bool relativePaths)
    {
        name ??= DefaultName;
        if (all.Count == 0 || all[^1] != latest)
            all = [.. all, latest];
        if (timestamps is not null && timestamps.Count != all.Count)
            throw EngineException.InvalidArgument($"There are {all.Count} checkpoints and {timestamps.Count} timestamps.");
        var path = Path.Combine(folder, name);
        if (path == latest)
            throw EngineException.InvalidArgument($"The state file must not replace the checkpoint: both are '{path}'.");
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"model_checkpoint_path: \"{Escape(Stored(folder, latest, relativePaths))}\"\n");
        foreach (var p in all)
            text.Append(CultureInfo.InvariantCulture, $"all_model_checkpoint_paths: \"{Escape(Stored(folder, p, relativePaths))}\"\n");
        foreach (var t in timestamps ?? [])
            text.Append(CultureInfo.InvariantCulture, $"all_model_checkpoint_timestamps: {Number(t)}\n");
        if (lastPreserved is { } preserved)
            text.Append(CultureInfo.InvariantCulture, $"last_preserved_timestamp: {Number(preserved)}\n");
        MessageFile.WriteBytes(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // An absolute path becomes relative on request alone, a relative one whenever the folder is relative too.
    private static string Stored(string folder, string path, bool relative)
    {
        if (relative && Path.IsPathRooted(path))
            path = Path.GetRelativePath(folder.Length == 0 ? "." : folder, path);
        else if (!Path.IsPathRooted(folder) && !Path.IsPathRooted(path))
            path = Path.GetRelativePath(folder.Length == 0 ? "." : folder, path);
        return path.Replace('\\', Path.DirectorySeparatorChar == '\\' ? '/' : '\\');
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = b switch
            {
                (byte)'\n' => escaped.Append("\\n"),
                (byte)'\r' => escaped.Append("\\r"),
                (byte)'\t' => escaped.Append("\\t"),
                (byte)'"' => escaped.Append("\\\""),
                (byte)'\'' => escaped.Append("\\'"),
                (byte)'\\' => escaped.Append("\\\\"),
                < 32 or >= 127 => escaped.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0')),
                _ => escaped.Append((char)b),
            };
        }
        return escaped.ToString();
    }

    // Python's repr: as short as it reads back, always with a point or an exponent of two digits.
    private static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e < 0)
            return text.Contains('.', StringComparison.Ordinal) || !double.IsFinite(value) ? text : text + ".0";
        var exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is >= 0 and < 16)
            return value.ToString("F1", CultureInfo.InvariantCulture);
        return $"{text[..e]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }
}
