namespace Engine.OpModel;

/// <summary>The catalogs of a program, told by a package that knows them all: finding types by their names takes long when a process starts.</summary>
public static class InstalledCatalogs
{
    /// <summary>Makes the catalogs of <see cref="OpRegistry.Default"/>; where it is null, the registry looks for them. It is asked once.</summary>
    public static Func<IReadOnlyList<IOpCatalog>>? Known { get; set; }
}
