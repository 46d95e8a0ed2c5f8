using System.Diagnostics;
using Engine.Graphs;
using Engine.Runtime;
using Spectre.Console;

namespace Engine.Cli.Commands;

/// <summary>Adds up the time of each op type over runs.</summary>
internal sealed class OpProfile : IStepObserver
{
    private readonly Dictionary<string, (long Ticks, long Calls)> byOp = [];

    public void Ran(Node node, long start, long end)
    {
        lock (byOp)
        {
            var (ticks, calls) = byOp.GetValueOrDefault(node.Op);
            byOp[node.Op] = (ticks + end - start, calls + 1);
        }
    }

    internal void Print(int runs)
    {
        var total = byOp.Values.Sum(v => v.Ticks);
        var table = new Table().AddColumn("op").AddColumn(new TableColumn("calls").RightAligned()).AddColumn(new TableColumn("ms per run").RightAligned()).AddColumn(new TableColumn("%").RightAligned());
        foreach (var (op, (ticks, calls)) in byOp.OrderByDescending(v => v.Value.Ticks))
        {
            table.AddRow(Markup.Escape(op), $"{calls / runs}", $"{Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds / runs:0.0000}", $"{100.0 * ticks / Math.Max(1, total):0.0}");
        }
        AnsiConsole.Write(table);
        Console.WriteLine("A loop, branch or call counts the ops inside it as well.");
    }
}
