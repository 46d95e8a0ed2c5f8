using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Tells the registry which catalogs there are.</summary>
internal static class CatalogRegistration
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The registry looks for the catalogs itself where this has not run.")]
    internal static void Tell() => InstalledCatalogs.Known = static () => [new Engine.Ops.OpCatalog(), new Engine.Io.OpCatalog()];
}
