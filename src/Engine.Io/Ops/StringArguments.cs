using System.Text;
using Engine.Runtime;

namespace Engine.Io.Ops;

/// <summary>File names and the like among the inputs of ops.</summary>
internal static class StringArguments
{
    /// <summary>The bytes of a scalar input.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape.</exception>
    internal static byte[] Scalar(KernelContext context, int input, string name)
    {
        var t = context.Input(input);
        return t.Rank == 0 ? t.Item<byte[]>() : throw EngineException.InvalidArgument($"Input {name} must be scalar, but had shape: {t.Shape}");
    }

    /// <summary>A scalar input as a path.</summary>
    internal static string Path(KernelContext context, int input, string name) => Encoding.UTF8.GetString(Scalar(context, input, name));

    /// <summary>The only element of an input of any rank.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another number of elements.</exception>
    internal static byte[] Single(KernelContext context, int input, string name)
    {
        var t = context.Input(input);
        return t.Count == 1 ? t.Item<byte[]>() : throw EngineException.InvalidArgument($"Input {input} ({name}) must be a string scalar; got a tensor of {t.Count} elements");
    }

    /// <summary>The first element of an input of any rank, or null; the others are not looked at, as in TensorFlow.</summary>
    internal static byte[]? First(KernelContext context, int input)
        => context.Input(input) is { Count: > 0 } t ? t.AsSpan<byte[]>()[0] : null;

    /// <summary>The bytes of a scalar input up to the first NUL, where C's text ends.</summary>
    internal static byte[] UpToNul(KernelContext context, int input, string name)
    {
        var bytes = Scalar(context, input, name);
        var end = Array.IndexOf(bytes, (byte)0);
        return end < 0 ? bytes : bytes[..end];
    }
}
