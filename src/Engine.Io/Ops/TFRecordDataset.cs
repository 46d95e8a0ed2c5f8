using Engine.Io.Datasets;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Datasets;

namespace Engine.Io.Ops;

/// <summary>The records of TFRecord files; the second version begins at given offsets.</summary>
[Op("TFRecordDataset", "TFRecordDatasetV2")]
internal sealed class TFRecordDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context =>
    {
        var (files, compression) = (FileArguments.Files(context, 0), FileArguments.AnyCompression(context, 1));
        FileArguments.CheckBufferSize(context, 2);
        var offsets = context.InputCount > 3 ? IndexTensor.VectorOrScalar(context.Input(3), "byte_offsets") : [];
        if (context.InputCount > 3 && offsets.Length != files.Length)
            throw EngineException.InvalidArgument($"The size of byte_offsets, {offsets.Length}, does not match that of filenames, {files.Length}");
        if (offsets.Any(o => o < 0))
            throw EngineException.InvalidArgument("byte_offsets must not be negative");
        return new FilesDataset(files, i => new RecordSource(files[i], compression, offsets.Length > 0 ? offsets[i] : 0));
    });
}
