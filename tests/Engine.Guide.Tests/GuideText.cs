using System.Text;

namespace Engine.Guide.Tests;

/// <summary>The examples of a page, and the pieces of a test class between <c>// begin</c> and <c>// end</c> that they must be.</summary>
internal static class GuideText
{
    /// <summary>The blocks of a language in a page, in order.</summary>
    internal static List<string> Blocks(string page, string language)
    {
        var blocks = new List<string>();
        StringBuilder? block = null;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, page)))
        {
            if (block is null)
            {
                if (line == "```" + language)
                    block = new();
            }
            else if (line == "```")
            {
                blocks.Add(block.ToString());
                block = null;
            }
            else
            {
                block.Append(line).Append('\n');
            }
        }
        return blocks;
    }

    /// <summary>The marked pieces of a source file, in order, moved to the left.</summary>
    internal static List<string> Regions(string source)
    {
        var regions = new List<string>();
        List<string>? lines = null;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, source)))
        {
            switch (line.Trim())
            {
                case "// begin":
                    lines = [];
                    break;
                case "// end":
                    regions.Add(Dedent(lines!));
                    lines = null;
                    break;
                default:
                    lines?.Add(line);
                    break;
            }
        }
        return regions;
    }

    private static string Dedent(List<string> lines)
    {
        var indent = lines.Where(l => l.Trim().Length > 0).Min(l => l.Length - l.TrimStart().Length);
        return string.Concat(lines.Select(l => (l.Trim().Length == 0 ? "" : l[indent..]) + "\n"));
    }
}
