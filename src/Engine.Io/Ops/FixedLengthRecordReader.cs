using Engine.Io.Readers;
using Engine.Io.Records;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>A reader that gives records of one length.</summary>
[Op("FixedLengthRecordReaderV2", "FixedLengthRecordReader")]
internal sealed class FixedLengthRecordReader : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        var lengths = new FixedLengths(node.Int("header_bytes"), node.Int("record_bytes"), node.Int("footer_bytes"), node.Int("hop_bytes"));
        if (lengths.Fault() is { } fault)
            throw node.Fail(fault);
        var compression = RecordStreams.Named(node.Find("encoding")?.AsString() ?? "");
        return ReaderHandles.Kernel(node, () => new FixedLengthReader(lengths, compression));
    }
}
