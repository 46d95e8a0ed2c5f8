using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io.Objects;

/// <summary>Restores a checkpoint of a <see cref="Saver"/> into objects: by the names of variables.</summary>
internal sealed class NameRestoration : Restoration
{
    private readonly HashSet<string> names;
    private readonly HashSet<object> known = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> taken = [];

    internal NameRestoration(Graph graph, Session session, string path, Trackable root, Dictionary<TableSaveable, (Value[] Feeds, Node Node)> tableRestores, IEnumerable<string> names)
        : base(graph, session, path, root, tableRestores) => this.names = [.. names];

    internal override IReadOnlyList<string> UnusedKeys => [.. names.Except(taken).Order(StringComparer.Ordinal)];

    internal override bool IsNontrivial => taken.Count > 0;

    protected override void Bind(Trackable? changed)
    {
        foreach (var item in new ObjectGraph(Root).Objects)
        {
            if (item is Trackable trackable)
                Watch(trackable);
            if (item is not GraphVariable variable || !names.Contains(variable.SaveName) || !known.Add(item))
                continue;
            taken.Add(variable.SaveName);
            Wanted.Add((item, variable.SaveName));
        }
    }
}
