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

    /// <summary>The elements of a vector.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank.</exception>
    internal static byte[][] Vector(KernelContext context, int input, string name)
    {
        var t = context.Input(input);
        return t.Rank == 1 ? t.ToArray<byte[]>() : throw EngineException.InvalidArgument($"Input {name} must be 1-D, got {t.Rank}-dimensional");
    }
}
