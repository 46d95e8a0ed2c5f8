using Engine.Io.Readers;
using Engine.Io.Records;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>A reader that gives the records of TFRecord files.</summary>
[Op("TFRecordReaderV2", "TFRecordReader")]
internal sealed class TFRecordReaderOp : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        var compression = RecordStreams.Named(node.String("compression_type"));
        return ReaderHandles.Kernel(node, () => new RecordReader(compression));
    }
}
