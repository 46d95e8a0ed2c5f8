using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>A reader that gives the lines of text files.</summary>
[Op("TextLineReaderV2", "TextLineReader")]
internal sealed class TextLineReader : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        var headerLines = node.Int("skip_header_lines");
        if (headerLines < 0)
            throw node.Fail($"skip_header_lines must be >= 0 not {headerLines}");
        return ReaderHandles.Kernel(node, () => new LineReader(headerLines));
    }
}
