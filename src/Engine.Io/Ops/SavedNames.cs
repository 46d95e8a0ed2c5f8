using System.Text;
using Engine.Runtime;

namespace Engine.Io.Ops;

/// <summary>The inputs that the ops of checkpoints share: prefix, names of tensors, which part of each.</summary>
internal static class SavedNames
{
    /// <summary>A string input of one element.</summary>
    internal static string Prefix(KernelContext context, int input)
    {
        var t = context.Input(input);
        return t.Count == 1
            ? Encoding.UTF8.GetString(t.AsSpan<byte[]>()[0])
            : throw EngineException.InvalidArgument($"Input {input} (prefix) should have a single element, got shape {t.Shape} instead.");
    }

    /// <summary>Names and parts, <paramref name="count"/> of each.</summary>
    internal static (byte[][] Names, string[] Slices) Read(KernelContext context, int input, int count)
    {
        var names = context.Input(input);
        var slices = context.Input(input + 1);
        if (names.Rank != 1 || slices.Rank != 1)
            throw EngineException.InvalidArgument($"Inputs tensor_names and shape_and_slices should be 1-D tensors, got {names.Shape} and {slices.Shape} instead.");
        if (names.Count != slices.Count || names.Count != count)
            throw EngineException.InvalidArgument($"There are {names.Count} tensor_names and {slices.Count} shape_and_slices for {count} tensors.");
        return (names.ToArray<byte[]>(), slices.ToStrings());
    }
}
