using Engine.Io.Datasets;
using Engine.Io.Readers;
using Engine.OpModel;
using Engine.Ops.Datasets;

namespace Engine.Io.Ops;

/// <summary>The lines of text files.</summary>
[Op("TextLineDataset")]
internal sealed class TextLineDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context =>
    {
        var (files, compression) = (FileArguments.Files(context, 0), FileArguments.Compression(context, 1));
        FileArguments.CheckBufferSize(context, 2);
        return new FilesDataset(files, i => new TextLines(files[i], compression));
    });
}
