using System.Globalization;
using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Hardening;

/// <summary>The process that is killed: saves variables whose elements are all the number of the step, and says when a save has returned.</summary>
internal static class SavingProcess
{
    internal const string Name = "model";

    internal static int Run(string folder, bool same, int first)
    {
        var graph = new Graph();
        var step = graph.GetVariable("step", [], DType.Int32, Initializers.Constant(Tensor.Scalar(first)), useResource: true);
        var ones = graph.GetVariable("ones", [200_000], DType.Int32, Initializers.Ones, useResource: true);
        var set = ones.Assign(ones * 0 + step);
        var next = step.AssignAdd(1);
        var saver = new Saver(graph, new SaverOptions { MaxToKeep = 2 });
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        if (!same)
            saver.RecoverLastCheckpoints(CheckpointState.Read(folder)?.Paths ?? []);
        for (var i = first; ; i++)
        {
            session.Run(set.Node);
            if (same)
                saver.Save(session, Path.Combine(folder, Name));
            else
                saver.Save(session, Path.Combine(folder, Name), i);
            Console.WriteLine(i.ToString(CultureInfo.InvariantCulture));
            session.Run(next.Node);
        }
    }
}
