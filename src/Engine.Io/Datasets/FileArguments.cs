using System.Text;
using Engine.Io.Records;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Io.Datasets;

/// <summary>The inputs that datasets of files share.</summary>
internal static class FileArguments
{
    /// <summary>Names of files: a scalar or a vector.</summary>
    internal static string[] Files(KernelContext context, int input)
    {
        var names = context.Input(input);
        return names.Rank <= 1 ? names.ToStrings() : throw EngineException.InvalidArgument("`filenames` must be a scalar or a vector.");
    }

    /// <summary>A compression by name.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a name that is not known.</exception>
    internal static RecordCompression Compression(KernelContext context, int input)
    {
        var name = Name(context, input);
        return name is "" or "ZLIB" or "GZIP" ? RecordStreams.Named(name) : throw EngineException.InvalidArgument($"Unsupported compression_type: {name}.");
    }

    /// <summary>A compression by name; none for a name that is not known.</summary>
    internal static RecordCompression AnyCompression(KernelContext context, int input) => RecordStreams.Named(Name(context, input));

    /// <summary>Checks the size of a buffer.</summary>
    internal static void CheckBufferSize(KernelContext context, int input)
    {
        if (IndexTensor.Scalar(context.Input(input), "buffer_size") is < 0)
            throw EngineException.InvalidArgument("`buffer_size` must be >= 0 (0 == default)");
    }

    private static string Name(KernelContext context, int input)
        => context.Input(input) is { Rank: 0 } t ? Encoding.UTF8.GetString(t.Item<byte[]>()) : throw EngineException.InvalidArgument("compression_type must be a scalar");
}
