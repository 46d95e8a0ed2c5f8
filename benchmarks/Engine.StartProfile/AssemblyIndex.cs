using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Engine.StartProfile;

/// <summary>The types of all assemblies in a folder by name.</summary>
internal sealed class AssemblyIndex : IDisposable
{
    private readonly List<PEReader> files = [];
    private readonly Dictionary<string, List<TypeEntry>> types = [];

    internal AssemblyIndex(string folder)
    {
        foreach (var path in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            var file = new PEReader(File.OpenRead(path));
            files.Add(file);
            if (!file.HasMetadata || file.GetMetadataReader() is not { IsAssembly: true } reader)
                continue;
            foreach (var handle in reader.TypeDefinitions)
            {
                var name = FullName(reader, handle);
                if (!types.TryGetValue(name, out var list))
                    types[name] = list = [];
                list.Add(new(reader, handle));
            }
        }
    }

    /// <summary>The types of a name; several where assemblies have their own.</summary>
    internal IReadOnlyList<TypeEntry> Find(string name) => types.GetValueOrDefault(name) ?? [];

    public void Dispose() => files.ForEach(f => f.Dispose());

    private static string FullName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        if (type.IsNested)
            return $"{FullName(reader, type.GetDeclaringType())}+{name}";
        return type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
