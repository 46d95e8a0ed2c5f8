using Engine.Io.Datasets;
using Engine.Io.Readers;
using Engine.Io.Records;
using Engine.OpModel;
using Engine.Ops.Datasets;

namespace Engine.Io.Ops;

/// <summary>The records of one length in files, between a header and a footer.</summary>
[Op("FixedLengthRecordDataset", "FixedLengthRecordDatasetV2")]
internal sealed class FixedLengthRecordDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context =>
    {
        var files = FileArguments.Files(context, 0);
        var lengths = new FixedLengths(context.Int(1, "header_bytes"), context.Int(2, "record_bytes"), context.Int(3, "footer_bytes"), Hop: 0);
        if (lengths.Fault() is { } fault)
            throw EngineException.InvalidArgument(fault);
        if (lengths.Record == 0)
            throw EngineException.InvalidArgument("`record_bytes` must be > 0");
        FileArguments.CheckBufferSize(context, 4);
        var compression = context.InputCount > 5 ? FileArguments.Compression(context, 5) : RecordCompression.None;
        return new FilesDataset(files, i => new ExactRecords(new FixedLengthRecords(files[i], compression, lengths), files[i]));
    });
}
