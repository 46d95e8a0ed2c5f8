using Engine.Io.Numpy;
using Engine.Runtime;

namespace Engine.Cli.Debugging;

/// <summary>
/// The view of <c>--tf_debug</c>: the nodes that a run needs, in their order, with commands to look at the tensors between them. It reads commands from
/// the terminal, one a line, and ends with <c>run</c>, after which the results are printed as without it.
/// </summary>
internal sealed class StepThrough(Terminal terminal, Session session)
{
    internal void Run(KeyValuePair<string, Tensor>[] feeds, string[] fetches, string[] targets)
    {
        var steps = StepOrder.Of(session.Graph, feeds.Select(f => f.Key), [.. fetches, .. targets]);
        terminal.Out.WriteLine($"{steps.Count} steps lead to {string.Join(", ", fetches.Concat(targets))}. Fed: {string.Join(", ", feeds.Select(f => f.Key))}");
        terminal.Out.WriteLine("Commands: next (n), list [text] (l), print NAME (p), inputs NAME (i), run (r), quit (q), help (h).");
        var at = 0;
        while (true)
        {
            terminal.Out.Write("debug> ");
            terminal.Out.Flush();
            var line = terminal.In.ReadLine();
            if (line is null)
            {
                terminal.Out.WriteLine();
                throw new Engine.Io.Python.PythonException("EOFError", "EOF when reading a line");
            }
            var words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var argument = words.Length > 1 ? words[1] : "";
            switch (words.Length == 0 ? "next" : words[0])
            {
                case "n" or "next":
                    if (at == steps.Count)
                    {
                        terminal.Out.WriteLine("There are no more steps.");
                        break;
                    }
                    var step = steps[at++];
                    terminal.Out.WriteLine($"[{at}/{steps.Count}] {step.Name} ({step.Op}) <- {string.Join(", ", step.Inputs.Select(v => v.Name))}");
                    for (var i = 0; i < step.OutputTypes.Count; i++)
                        Show(feeds, step[i].Name);
                    break;
                case "l" or "list":
                    foreach (var node in steps.Where(s => s.Name.Contains(argument, StringComparison.Ordinal)))
                        terminal.Out.WriteLine($"{(steps.IndexOf(node) < at ? '*' : ' ')} {node.Name} ({node.Op})");
                    break;
                case "p" or "print":
                    Show(feeds, argument.Contains(':') ? argument : argument + ":0", whole: true);
                    break;
                case "i" or "inputs":
                    if (session.Graph.Find(argument) is { } found)
                    {
                        foreach (var input in found.Inputs)
                            terminal.Out.WriteLine($"  {input.Name} ({input.Node.Op})");
                    }
                    else
                    {
                        terminal.Out.WriteLine($"There is no node '{argument}'.");
                    }
                    break;
                case "r" or "run":
                    return;
                case "q" or "quit" or "exit":
                    throw EngineException.Cancelled("The run was ended in the step-through view.");
                default:
                    terminal.Out.WriteLine("next (n, or an empty line): runs up to the next node and shows its outputs. list TEXT (l): the nodes whose names contain a text. "
                        + "print NAME (p): a whole tensor. inputs NAME (i): what a node reads. run (r): to the end. quit (q).");
                    break;
            }
        }
    }

    private void Show(KeyValuePair<string, Tensor>[] feeds, string name, bool whole = false)
    {
        try
        {
            using var value = feeds.FirstOrDefault(f => f.Key == name).Value?.Share() ?? session.Run(feeds, [name])[0];
            terminal.Out.WriteLine($"  {name} = {value.Type.Name()}{value.Shape}");
            terminal.Out.WriteLine(TensorArrays.Print(value, whole ? PrintOptions.Default : PrintOptions.Default with { Threshold = 32 }));
        }
        catch (EngineException e)
        {
            terminal.Out.WriteLine($"  {name}: {e.Message}");
        }
    }
}
