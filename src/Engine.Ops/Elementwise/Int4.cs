namespace Engine.Ops.Elementwise;

/// <summary>A signed integer of four bits in a byte.</summary>
/// <param name="value">The number.</param>
internal readonly struct Int4(sbyte value)
{
    /// <summary>The number, -8 to 7.</summary>
    internal sbyte Value { get; } = (sbyte)((sbyte)(value << 4) >> 4);
}

/// <summary>An unsigned integer of four bits in a byte.</summary>
/// <param name="value">The number.</param>
internal readonly struct UInt4(byte value)
{
    /// <summary>The number, 0 to 15.</summary>
    internal byte Value { get; } = (byte)(value & 0xF);
}
