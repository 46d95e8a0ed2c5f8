using System.Globalization;
using System.Text.RegularExpressions;
using Engine.Io.Numpy;
using Engine.Io.Python;

namespace Engine.Conformance.Running.Transcripts;

/// <summary>Compares what a command printed and wrote with a transcript.</summary>
internal static partial class TranscriptComparer
{
    private const double Tolerance = 1e-4;

    /// <summary>Null if the outputs are the same.</summary>
    internal static string? Compare(Transcript transcript, string output)
    {
        var (expected, actual) = (transcript.Output, output);
        if (transcript.Arguments.Contains("show"))
            (expected, actual) = (SortOptions(expected), SortOptions(actual));
        else if (IsListing(transcript))
            (expected, actual) = (SortLines(expected), SortLines(actual));
        if (expected == actual || (transcript.IsApproximate && AreClose(expected, actual)))
            return null;
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(a.Length, b.Length)).First(i => i >= a.Length || i >= b.Length || a[i] != b[i]);
        return $"line {line + 1} is\n    {(line < b.Length ? b[line] : "(missing)")}\n  not\n    {(line < a.Length ? a[line] : "(nothing)")}";
    }

    /// <summary>Null if two files are the same; arrays of objects are compared by shape and elements.</summary>
    internal static string? CompareFile(byte[] expected, byte[] actual, bool isApproximate)
    {
        if (expected.AsSpan().SequenceEqual(actual))
            return null;
        try
        {
            var (a, b) = (Read(expected), Read(actual));
            if (a.Type != b.Type || !a.Shape.AsSpan().SequenceEqual(b.Shape))
                return $"{b.Type.Name} {NdArray.ShapeText(b.Shape)}, not {a.Type.Name} {NdArray.ShapeText(a.Shape)}";
            if (a.Type.Kind != 'O' && !isApproximate)
                return "other bytes";
            for (var i = 0L; i < a.Count; i++)
            {
                if (!PythonEquality.AreEqual(a[i], b[i]) && !(isApproximate && a[i] is double x && b[i] is double y && IsClose(x, y)))
                    return $"element {i} is {PythonText.Repr(b[i])}, not {PythonText.Repr(a[i])}";
            }
            return null;
        }
        catch (EngineException)
        {
            return "other bytes";
        }
    }

    private static NdArray Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return NumpyFile.ReadBody(stream, NpyHeader.Read(stream, "npy"), bytes.Length, "npy");
    }

    // inspect_checkpoint without options: a V1 file is listed in no order.
    private static bool IsListing(Transcript transcript) => transcript.Arguments[0] == "inspect_checkpoint" && transcript.Output.Contains(" (DT_", StringComparison.Ordinal)
        && !transcript.Arguments.Any(a => a.StartsWith("--all", StringComparison.Ordinal) || a.StartsWith("--tensor", StringComparison.Ordinal))
        && !transcript.Arguments.Any(a => a.StartsWith("--file_name=", StringComparison.Ordinal) && File.Exists(a[(a.IndexOf('=') + 1)..] + ".index"));

    private static string SortLines(string text) => string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal));

    // Options of a function are a set: their order comes from names that TensorFlow makes up while it loads.
    private static string SortOptions(string text)
    {
        var sorted = new List<string>();
        var options = new List<string>();
        void Finish()
        {
            sorted.AddRange(options.Order(StringComparer.Ordinal));
            options.Clear();
        }
        foreach (var line in text.Split('\n'))
        {
            if (OptionLine().IsMatch(line))
                options.Add("    Option");
            else if (options.Count > 0 && line.StartsWith("      ", StringComparison.Ordinal))
                options[^1] += "\n" + line;
            else
            {
                Finish();
                sorted.Add(line);
            }
        }
        Finish();
        return string.Join('\n', sorted);
    }

    private static bool AreClose(string expected, string actual)
    {
        var (a, b) = (Numbers().Matches(expected), Numbers().Matches(actual));
        if (a.Count != b.Count || Layout(expected) != Layout(actual))
            return false;
        return a.Zip(b).All(p => IsClose(double.Parse(p.First.Value, CultureInfo.InvariantCulture), double.Parse(p.Second.Value, CultureInfo.InvariantCulture)));
    }

    private static string Layout(string text) => Blanks().Replace(Numbers().Replace(text, "#,"), "");

    private static bool IsClose(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b)) + 1e-6;

    [GeneratedRegex(@"^    Option #\d+$")]
    private static partial Regex OptionLine();

    [GeneratedRegex(@"(?<![\w.])-?\d+\.?\d*(?:e[+-]?\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
