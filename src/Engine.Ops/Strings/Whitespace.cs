using System.Buffers;

namespace Engine.Ops.Strings;

/// <summary>ASCII whitespace, as C's <c>isspace</c> has it.</summary>
internal static class Whitespace
{
    /// <summary>The bytes that are whitespace.</summary>
    internal static readonly SearchValues<byte> Bytes = SearchValues.Create(" \t\n\v\f\r"u8);

    /// <summary>The text without whitespace in front.</summary>
    internal static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAnyExcept(Bytes);
        return start < 0 ? [] : text[start..];
    }

    /// <summary>The text without whitespace at its ends.</summary>
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        text = TrimStart(text);
        return text[..(text.LastIndexOfAnyExcept(Bytes) + 1)];
    }
}
