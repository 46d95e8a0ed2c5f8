namespace Engine.Io.MetaGraphs;

/// <summary>A member of a collection of nodes that the graph does not have; kept so that it is written again.</summary>
internal sealed record UnresolvedName(string Name);
