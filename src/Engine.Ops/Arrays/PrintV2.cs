using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Writes a string to standard error, standard output or the end of a file.</summary>
[Op("PrintV2")]
internal sealed class PrintV2 : IOp
{
    private const string FilePrefix = "file://";

    private static readonly Lock Gate = new();

    public static void InferShapes(InferenceContext c) => c.WithRank(c.Input(0), 0);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var stream = node.String("output_stream");
        var end = node.Node.Attr("end").AsBytes();
        if (stream is not ("stdout" or "stderr" or "log(info)" or "log(warning)" or "log(error)") && !stream.StartsWith(FilePrefix, StringComparison.Ordinal))
            throw node.Fail($"Unknown output stream: {stream}, valid streams are: stdout, stderr, log(info), log(warning), log(error) and file://");
        return Kernel.From(context =>
        {
            if (context.Input(0).Rank != 0)
                throw EngineException.InvalidArgument($"Input is expected to be scalar, but got {context.Input(0).Shape}");
            byte[] text = [.. context.Input(0).Item<byte[]>(), .. end];
            lock (Gate)
                Write(stream, text);
        });
    }

    private static void Write(string stream, byte[] text)
    {
        try
        {
            using var output = stream.StartsWith(FilePrefix, StringComparison.Ordinal) ? new FileStream(stream[FilePrefix.Length..], FileMode.Append)
                : stream == "stdout" ? Console.OpenStandardOutput() : Console.OpenStandardError();
            output.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new EngineException(StatusCode.FailedPrecondition, $"Cannot write to {stream}: {e.Message}", e);
        }
    }
}
