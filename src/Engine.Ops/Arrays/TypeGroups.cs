using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The element types for which an op of this folder has a kernel.</summary>
[Flags]
internal enum TypeGroups
{
    None = 0,
    /// <summary>Signed and unsigned integers of 8 to 64 bits; float16, bfloat16, float32, float64.</summary>
    Real = 1,
    /// <summary>complex64 and complex128.</summary>
    Complex = 2,
    Bool = 4,
    String = 8,
    /// <summary>Resources and variants.</summary>
    Handles = 16,
    QInt8 = 32,
    QUInt8 = 64,
    QInt32 = 128,
    /// <summary>qint16 and quint16.</summary>
    Quantized16 = 256,
    Float8 = 512,
    /// <summary>int4 and uint4.</summary>
    FourBits = 1024,
    Number = Real | Complex,
    Plain = Number | Bool,
    Common = Plain | String | Handles,
    Quantized = QInt8 | QUInt8 | QInt32,
}

/// <summary>Refuses the types that an op has no kernel for.</summary>
internal static class TypeGroupsExtensions
{
    /// <summary>The element type attribute <paramref name="attr"/>, which must be of the given groups.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT: no kernel.</exception>
    internal static DType Type(this KernelBuilder node, string attr, TypeGroups groups)
    {
        var type = node.Type(attr);
        return (Of(type) & groups) != 0 ? type : throw node.NoKernel();
    }

    private static TypeGroups Of(DType type) => type switch
    {
        DType.Complex64 or DType.Complex128 => TypeGroups.Complex,
        DType.Bool => TypeGroups.Bool,
        DType.String => TypeGroups.String,
        DType.Resource or DType.Variant => TypeGroups.Handles,
        DType.QInt8 => TypeGroups.QInt8,
        DType.QUInt8 => TypeGroups.QUInt8,
        DType.QInt32 => TypeGroups.QInt32,
        DType.QInt16 or DType.QUInt16 => TypeGroups.Quantized16,
        DType.Float8E5M2 or DType.Float8E4M3FN => TypeGroups.Float8,
        DType.Int4 or DType.UInt4 => TypeGroups.FourBits,
        _ when type.IsInteger() || type.IsFloating() => TypeGroups.Real,
        _ => TypeGroups.None,
    };
}
