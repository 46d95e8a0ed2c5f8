using Engine.Graphs;

namespace Engine.Runtime;

/// <summary>Is told how long each node of a run took.</summary>
public interface IStepObserver
{
    /// <summary>A node has run.</summary>
    /// <param name="node">The node.</param>
    /// <param name="start">Begin, in ticks of <c>Stopwatch</c>.</param>
    /// <param name="end">End, in ticks of <c>Stopwatch</c>.</param>
    void Ran(Node node, long start, long end);
}
