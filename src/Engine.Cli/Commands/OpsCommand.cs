using System.CommandLine;
using Engine.OpModel;

namespace Engine.Cli.Commands;

/// <summary><c>engine ops</c>: which ops there are; as Markdown it is the page <c>docs/ops.md</c>.</summary>
internal static class OpsCommand
{
    internal static Command Create()
    {
        var markdown = new Option<bool>("--markdown") { Description = "Prints the coverage page of the documentation." };
        var command = new Command("ops", "Lists the ops that run.") { markdown };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(markdown))
                PrintPage();
            else
                PrintNames();
            return 0;
        });
        return command;
    }

    private static void PrintNames()
    {
        foreach (var name in OpRegistry.Default.Names)
            Console.WriteLine(name);
    }

    private static void PrintPage()
    {
        var all = OpDefinitions.Names.Order(StringComparer.Ordinal).ToList();
        var there = all.Where(n => OpRegistry.Default.Find(n) is not null).ToList();
        Console.WriteLine("# Ops\n");
        Console.WriteLine("Written by `engine ops --markdown > docs/ops.md`. A star marks ops with a gradient.\n");
        Console.WriteLine($"{there.Count} of the {all.Count} op types of TensorFlow 2.15 run; the others are kept as nodes, and reported when something needs them.\n");
        foreach (var letter in there.GroupBy(n => char.ToUpperInvariant(n.TrimStart('_')[0])).OrderBy(g => g.Key))
        {
            Console.WriteLine($"## {letter.Key}\n");
            Console.WriteLine(string.Join(", ", letter.Select(n => $"`{n}`{(OpRegistry.Default.Find(n)!.Gradient is null ? "" : "*")}")) + "\n");
        }
    }
}
