using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Engine.StartProfile;

/// <summary>Metadata that refers to types and methods of other assemblies. Types are passed around as the bytes that stand for them in signatures.</summary>
internal sealed class ReferenceWriter : ISignatureTypeProvider<byte[], object?>
{
    private readonly Dictionary<string, EntityHandle> assemblies = [];
    private readonly Dictionary<(EntityHandle Scope, string Space, string Name), EntityHandle> types = [];

    internal MetadataBuilder Metadata { get; } = new();

    /// <summary>The argument that stands for all references; crossgen looks for it in an assembly of this name.</summary>
    internal byte[] SharedArgument() => Named(TypeReference(Assembly("System.Private.Canon"), "System", "__Canon"), isValueType: false);

    /// <summary>A type with its arguments.</summary>
    internal byte[] Type(TypeEntry type, IReadOnlyList<byte[]> arguments)
    {
        var definition = Named(Reference(type.Reader, type.Handle), type.IsValueType);
        return arguments.Count == 0 ? definition : GetGenericInstantiation(definition, [.. arguments]);
    }

    /// <summary>The token of a method.</summary>
    internal EntityHandle Method(byte[] owner, bool isGenericOwner, string name, MetadataReader reader, BlobHandle signature, IReadOnlyList<byte[]> arguments)
    {
        EntityHandle parent = isGenericOwner ? Metadata.AddTypeSpecification(Metadata.GetOrAddBlob(owner)) : HandleOf(owner);
        var blob = reader.GetBlobReader(signature);
        var decoded = new SignatureDecoder<byte[], object?>(this, reader, null).DecodeMethodSignature(ref blob);
        EntityHandle method = Metadata.AddMemberReference(parent, Metadata.GetOrAddString(name), Metadata.GetOrAddBlob(Encode(decoded)));
        if (arguments.Count == 0)
            return method;
        return Metadata.AddMethodSpecification(method, Metadata.GetOrAddBlob((byte[])[0x0A, .. Length(arguments.Count), .. arguments.SelectMany(a => a)]));
    }

    /// <summary>The code of a primitive as the compiler's log names it.</summary>
    internal static PrimitiveTypeCode? Primitive(string name) => name switch
    {
        "bool" => PrimitiveTypeCode.Boolean,
        "char" => PrimitiveTypeCode.Char,
        "sbyte" => PrimitiveTypeCode.SByte,
        "byte" => PrimitiveTypeCode.Byte,
        "short" => PrimitiveTypeCode.Int16,
        "ushort" => PrimitiveTypeCode.UInt16,
        "int" => PrimitiveTypeCode.Int32,
        "uint" => PrimitiveTypeCode.UInt32,
        "long" => PrimitiveTypeCode.Int64,
        "ulong" => PrimitiveTypeCode.UInt64,
        "nint" => PrimitiveTypeCode.IntPtr,
        "nuint" => PrimitiveTypeCode.UIntPtr,
        "float" => PrimitiveTypeCode.Single,
        "double" => PrimitiveTypeCode.Double,
        _ => null,
    };

    public byte[] GetPrimitiveType(PrimitiveTypeCode typeCode) => [(byte)typeCode];

    public byte[] GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        => Named(Reference(reader, handle), rawTypeKind == (byte)SignatureTypeKind.ValueType);

    public byte[] GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        => Named(Reference(reader, handle), rawTypeKind == (byte)SignatureTypeKind.ValueType);

    public byte[] GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public byte[] GetSZArrayType(byte[] elementType) => [(byte)SignatureTypeCode.SZArray, .. elementType];

    public byte[] GetByReferenceType(byte[] elementType) => [(byte)SignatureTypeCode.ByReference, .. elementType];

    public byte[] GetPointerType(byte[] elementType) => [(byte)SignatureTypeCode.Pointer, .. elementType];

    public byte[] GetPinnedType(byte[] elementType) => [(byte)SignatureTypeCode.Pinned, .. elementType];

    public byte[] GetArrayType(byte[] elementType, ArrayShape shape) => [(byte)SignatureTypeCode.Array, .. elementType, .. Length(shape.Rank), 0, 0];

    public byte[] GetGenericInstantiation(byte[] genericType, ImmutableArray<byte[]> typeArguments)
        => [(byte)SignatureTypeCode.GenericTypeInstance, .. genericType, .. Length(typeArguments.Length), .. typeArguments.SelectMany(a => a)];

    public byte[] GetGenericTypeParameter(object? genericContext, int index) => [(byte)SignatureTypeCode.GenericTypeParameter, .. Length(index)];

    public byte[] GetGenericMethodParameter(object? genericContext, int index) => [(byte)SignatureTypeCode.GenericMethodParameter, .. Length(index)];

    public byte[] GetModifiedType(byte[] modifier, byte[] unmodifiedType, bool isRequired)
        => [(byte)(isRequired ? SignatureTypeCode.RequiredModifier : SignatureTypeCode.OptionalModifier), .. modifier.AsSpan(1), .. unmodifiedType];

    public byte[] GetFunctionPointerType(MethodSignature<byte[]> signature) => [(byte)SignatureTypeCode.FunctionPointer, .. Encode(signature)];

    private static byte[] Encode(MethodSignature<byte[]> signature)
    {
        var generic = signature.Header.IsGeneric ? Length(signature.GenericParameterCount) : [];
        return [signature.Header.RawValue, .. generic, .. Length(signature.ParameterTypes.Length), .. signature.ReturnType, .. signature.ParameterTypes.SelectMany(p => p)];
    }

    private static byte[] Length(int value)
    {
        var blob = new BlobBuilder();
        blob.WriteCompressedInteger(value);
        return blob.ToArray();
    }

    private static byte[] Named(EntityHandle type, bool isValueType)
        => [(byte)(isValueType ? SignatureTypeKind.ValueType : SignatureTypeKind.Class), .. Length(CodedIndex.TypeDefOrRefOrSpec(type))];

    private static unsafe EntityHandle HandleOf(byte[] named)
    {
        fixed (byte* start = named)
            return new BlobReader(start + 1, named.Length - 1).ReadTypeHandle();
    }

    private EntityHandle Reference(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var scope = type.IsNested ? Reference(reader, type.GetDeclaringType()) : Assembly(reader.GetString(reader.GetAssemblyDefinition().Name));
        return TypeReference(scope, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private EntityHandle Reference(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var scope = type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => Reference(reader, (TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => Assembly(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)),
            _ => Assembly(reader.GetString(reader.GetAssemblyDefinition().Name)),
        };
        return TypeReference(scope, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private EntityHandle TypeReference(EntityHandle scope, string space, string name)
    {
        if (!types.TryGetValue((scope, space, name), out var handle))
            types[(scope, space, name)] = handle = Metadata.AddTypeReference(scope, space.Length == 0 ? default : Metadata.GetOrAddString(space), Metadata.GetOrAddString(name));
        return handle;
    }

    private EntityHandle Assembly(string name)
    {
        if (!assemblies.TryGetValue(name, out var handle))
            assemblies[name] = handle = Metadata.AddAssemblyReference(Metadata.GetOrAddString(name), new Version(0, 0, 0, 0), default, default, 0, default);
        return handle;
    }
}
