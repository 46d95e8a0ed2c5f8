using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>UTF-8 characters as TensorFlow counts them: every byte that does not continue another begins one, be the text valid or not.</summary>
internal static class Utf8Text
{
    /// <summary>Whether the node counts characters rather than bytes.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for an unknown unit.</exception>
    internal static bool IsCharacterUnit(KernelBuilder node) => node.String("unit") switch
    {
        "UTF8_CHAR" => true,
        "BYTE" => false,
        var unit => throw node.Fail($"Invalid string unit '{unit}'"),
    };

    /// <summary>Whether a byte continues a character.</summary>
    internal static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;

    /// <summary>Number of characters.</summary>
    internal static int CountCharacters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
            count += IsContinuation(b) ? 0 : 1;
        return count;
    }

    /// <summary>The byte position some characters after <paramref name="at"/>, and how many of the characters were there.</summary>
    internal static (int At, long Passed) Forward(ReadOnlySpan<byte> text, int at, long characters)
    {
        var passed = 0L;
        for (; passed < characters && at < text.Length; passed++)
        {
            at++;
            while (at < text.Length && IsContinuation(text[at]))
                at++;
        }
        return (at, passed);
    }

    /// <summary>The byte position some characters before the end, and how many of the characters were there.</summary>
    internal static (int At, long Passed) BackFromEnd(ReadOnlySpan<byte> text, long characters)
    {
        var at = text.Length;
        var passed = 0L;
        for (; passed < characters && at > 0; passed++)
        {
            at--;
            while (at > 0 && IsContinuation(text[at]))
                at--;
        }
        return (at, passed);
    }
}
