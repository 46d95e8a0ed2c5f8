using Engine.Tensors;

namespace Engine.Ops.RandomNumbers;

/// <summary>Random bits as the mantissa of a number of [1, 2), less one.</summary>
internal static class UniformBits
{
    internal static float ToFloat(uint bits) => BitConverter.UInt32BitsToSingle(0x3f800000 | (bits & 0x7fffff)) - 1f;

    internal static double ToDouble(uint high, uint low) => BitConverter.UInt64BitsToDouble(0x3ff0000000000000 | ((ulong)(high & 0xfffff) << 32) | low) - 1.0;

    internal static Half ToHalf(uint bits) => (Half)((float)BitConverter.UInt16BitsToHalf((ushort)(0x3c00 | (bits & 0x3ff))) - 1f);

    internal static BFloat16 ToBFloat16(uint bits) => (BFloat16)(BitConverter.UInt32BitsToSingle((0x3f80 | (bits & 0x7f)) << 16) - 1f);
}
