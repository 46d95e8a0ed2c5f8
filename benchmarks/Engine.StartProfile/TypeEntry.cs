using System.Reflection.Metadata;

namespace Engine.StartProfile;

/// <summary>A type of an assembly.</summary>
internal readonly record struct TypeEntry(MetadataReader Reader, TypeDefinitionHandle Handle)
{
    internal string Assembly => Reader.GetString(Reader.GetAssemblyDefinition().Name);

    internal TypeDefinition Definition => Reader.GetTypeDefinition(Handle);

    /// <summary>Whether values of the type are not references.</summary>
    internal bool IsValueType
    {
        get
        {
            var (reader, parent) = (Reader, Definition.BaseType);
            var name = parent.IsNil ? "" : parent.Kind switch
            {
                HandleKind.TypeReference => reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name),
                HandleKind.TypeDefinition => reader.GetString(reader.GetTypeDefinition((TypeDefinitionHandle)parent).Name),
                _ => "",
            };
            return name is "ValueType" or "Enum" && reader.GetString(Definition.Name) != "Enum";
        }
    }
}
