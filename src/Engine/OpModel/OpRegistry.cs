using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Engine.OpModel;

/// <summary>The ops that a graph may run: those of one or more catalogs, the first that knows an op counts.</summary>
public sealed class OpRegistry
{
    private readonly IOpCatalog[] catalogs;
    private readonly ConcurrentDictionary<string, OpImplementation?> found = new();

    /// <summary>A registry of these catalogs.</summary>
    public OpRegistry(params IEnumerable<IOpCatalog> catalogs) => this.catalogs = [.. catalogs];

    /// <summary>The ops of the packages that are installed.</summary>
    public static OpRegistry Default { get; } = new(Installed());

    /// <summary>All op types.</summary>
    public IEnumerable<string> Names => catalogs.SelectMany(c => c.Names).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The op types whose inner loops are worth compiling ahead.</summary>
    internal IEnumerable<string> Prepared => catalogs.SelectMany(c => c.Prepared);

    /// <summary>The op, or null.</summary>
    public OpImplementation? Find(string op) => found.GetOrAdd(op, static (name, catalogs) =>
    {
        foreach (var c in catalogs)
        {
            if (c.Find(name) is { } o)
                return o;
        }
        return null;
    }, catalogs);

    // Named as constants, so that trimming keeps them; a program without a package does without its ops.
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The catalogs' constructors are kept with their types' names.")]
    private static IReadOnlyList<IOpCatalog> Installed()
    {
        if (InstalledCatalogs.Known is { } known)
            return known();
        var catalogs = new List<IOpCatalog>();
        if (Type.GetType("Engine.Ops.OpCatalog, Engine.Ops") is { } ops)
            catalogs.Add((IOpCatalog)Activator.CreateInstance(ops)!);
        if (Type.GetType("Engine.Io.OpCatalog, Engine.Io") is { } io)
            catalogs.Add((IOpCatalog)Activator.CreateInstance(io)!);
        return catalogs;
    }
}
