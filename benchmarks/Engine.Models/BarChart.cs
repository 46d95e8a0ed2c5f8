using System.Globalization;
using System.Net;
using System.Text;

namespace Engine.Models;

/// <summary>How many times faster than each peer the engine is, as bars on a logarithmic scale around 1, in SVG.</summary>
internal static class BarChart
{
    private const int Left = 190;
    private const int Width = 520;
    private const int BarHeight = 9;
    private const int RowHeight = 28;
    private const int Top = 46;
    private const double Largest = 16;

    internal static string Draw(List<ComparisonRow> rows)
    {
        var height = Top + (rows.Count * RowHeight) + 24;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + Width + 60}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"12\" y=\"20\" font-size=\"14\">Peer's time / engine's time (right of 1: the engine is faster)</text>\n");
        svg.Append("<rect x=\"12\" y=\"28\" width=\"9\" height=\"9\" fill=\"#ff8f00\"/><text x=\"25\" y=\"37\">TensorFlow</text><rect x=\"100\" y=\"28\" width=\"9\" height=\"9\" fill=\"#1565c0\"/><text x=\"113\" y=\"37\">ONNX Runtime</text>\n");
        for (var tick = 1 / Largest; tick <= Largest; tick *= 2)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(tick):F1}\" x2=\"{X(tick):F1}\" y1=\"{Top}\" y2=\"{height - 22}\" stroke=\"{(tick == 1 ? "#000" : "#ddd")}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(tick):F1}\" y=\"{height - 8}\" text-anchor=\"middle\">{tick:0.###}</text>\n");
        }
        for (var i = 0; i < rows.Count; i++)
        {
            var y = Top + (i * RowHeight) + 4;
            var label = WebUtility.HtmlEncode($"{rows[i].Model}, batch {rows[i].Batch}, {rows[i].Threads} thr.");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 13}\" text-anchor=\"end\">{label}</text>");
            Bar(svg, rows[i].Ratio("tensorflow"), y, "#ff8f00");
            Bar(svg, rows[i].Ratio("onnxruntime"), y + BarHeight + 1, "#1565c0");
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static void Bar(StringBuilder svg, double? ratio, int y, string color)
    {
        if (ratio is not { } r)
            return;
        var (from, to) = (Math.Min(X(1), X(r)), Math.Max(X(1), X(r)));
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{from:F1}\" y=\"{y}\" width=\"{to - from:F1}\" height=\"{BarHeight}\" fill=\"{color}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{to + 3:F1}\" y=\"{y + BarHeight - 1}\" font-size=\"9\">{r:F2}</text>\n");
    }

    private static double X(double ratio) => Left + (Width * (Math.Log2(Math.Clamp(ratio, 1 / Largest, Largest)) + Math.Log2(Largest)) / (2 * Math.Log2(Largest)));
}
