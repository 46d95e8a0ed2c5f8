using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Engine.StartProfile;

/// <summary>
/// Writes methods as crossgen reads them: an assembly with a method for each group of assemblies that are needed to understand an entry, whose body loads the tokens of the
/// group's methods, and a method <c>AssemblyDictionary</c> that loads names and tokens of the groups.
/// </summary>
internal sealed class ProfileWriter(AssemblyIndex index)
{
    private readonly ReferenceWriter references = new();
    private readonly SortedDictionary<string, InstructionEncoder> groups = new(StringComparer.Ordinal);

    /// <summary>Adds what a method of the log may be: all overloads with so many parameters.</summary>
    /// <returns>How many were found.</returns>
    internal int Add(CompiledMethod method)
    {
        var found = 0;
        foreach (var type in index.Find(method.Owner.Name))
        {
            foreach (var handle in type.Definition.GetMethods())
            {
                var definition = type.Reader.GetMethodDefinition(handle);
                var name = type.Reader.GetString(definition.Name);
                if (name != method.Name && !name.EndsWith('.' + method.Name, StringComparison.Ordinal))
                    continue;
                // References share code, so that they are the best guess.
                var given = method.Arguments ?? [.. definition.GetGenericParameters().Select(_ => TypeName.Parse("System.__Canon"))];
                if (definition.GetGenericParameters().Count != given.Count || ParameterCount(type.Reader, definition) != method.Parameters)
                    continue;
                var assemblies = new SortedSet<string>(StringComparer.Ordinal);
                if (Spell(method.Owner, type, assemblies) is not { } owner || given.Select(a => Spell(a, null, assemblies)).ToList() is var arguments && arguments.Contains(null))
                    continue;
                var token = references.Method(owner, method.Owner.Arguments.Count > 0, name, type.Reader, definition.Signature, [.. arguments.Select(a => a!)]);
                assemblies.Remove(type.Assembly);
                var key = string.Concat(assemblies.Prepend(type.Assembly).Select(a => a + ';'));
                if (!groups.TryGetValue(key, out var body))
                    groups[key] = body = new(new BlobBuilder());
                body.OpCode(ILOpCode.Ldtoken);
                body.Token(token);
                // What has a weight lies together.
                body.LoadString(references.Metadata.GetOrAddUserString("ExclusiveWeight"));
                body.LoadConstantI4(1);
                body.OpCode(ILOpCode.Pop);
                found++;
            }
        }
        return found;
    }

    /// <summary>Writes the file.</summary>
    internal void Save(string path)
    {
        var metadata = references.Metadata;
        var bodies = new MethodBodyStreamEncoder(new BlobBuilder());
        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach (var (name, code) in groups)
        {
            dictionary.LoadString(metadata.GetOrAddUserString(name));
            dictionary.OpCode(ILOpCode.Ldtoken);
            dictionary.Token(AddMethod(bodies, $"Methods{metadata.GetRowCount(TableIndex.MethodDef)}", code));
            dictionary.OpCode(ILOpCode.Pop);
        }
        AddMethod(bodies, "AssemblyDictionary", dictionary);
        metadata.AddModule(0, metadata.GetOrAddString("StartProfile"), metadata.GetOrAddGuid(new Guid("6a0f5c0e-3f1c-4f83-9a55-0d2b6e4f9c11")), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("StartProfile"), new Version(0, 0, 0, 0), default, default, 0, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(TypeAttributes.Class, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var builder = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), bodies.Builder, deterministicIdProvider: _ => new BlobContentId(new Guid("0f4f5ad1-8d0e-4d2c-9b44-b7c60f6d5d1e"), 0x5157a4f3));
        var image = new BlobBuilder();
        builder.Serialize(image);
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        var entry = archive.CreateEntry(Path.GetFileName(path) + ".dll", CompressionLevel.SmallestSize);
        entry.LastWriteTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var file = entry.Open();
        image.WriteContentTo(file);
    }

    private MethodDefinitionHandle AddMethod(MethodBodyStreamEncoder bodies, string name, InstructionEncoder code)
    {
        code.OpCode(ILOpCode.Ret);
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, r => r.Void(), _ => { });
        return references.Metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, references.Metadata.GetOrAddString(name),
            references.Metadata.GetOrAddBlob(signature), bodies.AddMethodBody(code, 8), default);
    }

    private static int ParameterCount(MetadataReader reader, MethodDefinition method)
    {
        var blob = reader.GetBlobReader(method.Signature);
        if (blob.ReadSignatureHeader().IsGeneric)
            blob.ReadCompressedInteger();
        return blob.ReadCompressedInteger();
    }

    // A type in a signature. The log does not name the assembly; the first that has the type is meant.
    private byte[]? Spell(TypeName name, TypeEntry? known, SortedSet<string> assemblies)
    {
        byte[]? spelled;
        if (ReferenceWriter.Primitive(name.Name) is { } code)
        {
            spelled = [(byte)code];
        }
        else if (name.Name == "System.__Canon")
        {
            spelled = references.SharedArgument();
        }
        else
        {
            if (known is null && index.Find(name.Name) is not [var first, ..])
                return null;
            else
                known ??= index.Find(name.Name)[0];
            assemblies.Add(known.Value.Assembly);
            var arguments = name.Arguments.Select(a => Spell(a, null, assemblies)).ToList();
            if (arguments.Contains(null) || known.Value.Definition.GetGenericParameters().Count != arguments.Count)
                return null;
            spelled = references.Type(known.Value, [.. arguments.Select(a => a!)]);
        }
        for (var i = 0; i < name.Arrays; i++)
            spelled = [(byte)SignatureTypeCode.SZArray, .. spelled];
        return spelled;
    }
}
