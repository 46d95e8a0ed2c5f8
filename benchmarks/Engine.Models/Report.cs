using System.Globalization;
using System.Text;

namespace Engine.Models;

/// <summary>The results as tables (Markdown, CSV) and as a picture.</summary>
internal sealed class Report(string folder)
{
    private static readonly string[] Columns =
        ["model", "batch", "threads", "engine min", "engine median", "TF min", "TF median", "ORT min", "ORT median", "TF / engine", "ORT / engine",
         "engine MB", "TF MB", "ORT MB", "engine cold ms", "TF cold ms", "ORT cold ms"];

    internal static void PrintHeader() => PrintLine(Columns);

    internal static void Print(ComparisonRow row) => PrintLine(Cells(row));

    private static void PrintLine(string[] cells) => Console.WriteLine(string.Join("  ", cells.Select((c, i) => c.PadLeft(Columns[i].Length))));

    internal void Write(List<ComparisonRow> rows)
    {
        Directory.CreateDirectory(folder);
        var markdown = new StringBuilder().AppendLine("| " + string.Join(" | ", Columns) + " |").AppendLine("|" + string.Concat(Columns.Select((_, i) => i == 0 ? " --- |" : " ---: |")));
        var csv = new StringBuilder().AppendLine(string.Join(',', Columns));
        foreach (var cells in rows.Select(Cells))
        {
            markdown.AppendLine("| " + string.Join(" | ", cells) + " |");
            csv.AppendLine(string.Join(',', cells));
        }
        File.WriteAllText(Path.Combine(folder, "models.md"), markdown.ToString());
        File.WriteAllText(Path.Combine(folder, "models.csv"), csv.ToString());
        File.WriteAllText(Path.Combine(folder, "models.svg"), BarChart.Draw(rows));
    }

    private static string[] Cells(ComparisonRow row)
    {
        Timing?[] all = [row.Engine, row.Of("tensorflow"), row.Of("onnxruntime")];
        return
        [
            row.Model, $"{row.Batch}", $"{row.Threads}",
            .. all.SelectMany(t => new[] { Number(t?.Min, 4), Number(t?.Median, 4) }),
            Number(row.Ratio("tensorflow"), 2), Number(row.Ratio("onnxruntime"), 2),
            .. all.Select(t => Number(t?.PeakMegabytes, 0)),
            .. all.Select(t => Number(t?.ColdStart, 0)),
        ];
    }

    private static string Number(double? value, int digits) => value?.ToString("F" + digits, CultureInfo.InvariantCulture) ?? "–";
}
