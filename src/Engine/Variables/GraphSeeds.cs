using Engine.Graphs;

namespace Engine.Variables;

/// <summary>The two seeds of a random op, from the graph's and its own (<c>tf.random.get_seed</c>).</summary>
internal static class GraphSeeds
{
    private const long DefaultGraphSeed = 87654321;

    internal static (long First, long Second) Of(Graph graph, long? seed) => (graph.Seed, seed) switch
    {
        (null, null) => (0, 0),
        (null, { } own) => Seeds(DefaultGraphSeed, own),
        ({ } shared, null) => Seeds(shared, graph.Nodes.Count),
        ({ } shared, { } own) => Seeds(shared, own),
    };

    // Two zeros would mean a random seed.
    private static (long, long) Seeds(long first, long second) => (first, second) is (0, 0) ? (0, int.MaxValue) : (first, second);
}
