namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>A Huffman symbol and the plain bits after it.</summary>
/// <param name="Table">The table of the symbol, or <see cref="Plain"/> for bits alone.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Count">How many bits follow.</param>
/// <param name="Bits">The bits, in the low places.</param>
internal readonly record struct CodeToken(byte Table, byte Symbol, byte Count, ushort Bits)
{
    public const byte Plain = 255;
}
