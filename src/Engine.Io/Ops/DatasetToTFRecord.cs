using System.Text;
using Engine.Io.Datasets;
using Engine.Io.Records;
using Engine.OpModel;
using Engine.Resources;

namespace Engine.Io.Ops;

/// <summary>Writes the elements of a dataset of strings to a TFRecord file.</summary>
[Op("DatasetToTFRecord", "ExperimentalDatasetToTFRecord")]
internal sealed class DatasetToTFRecord : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var dataset = Dataset.Of(context.Input(0));
        var path = Encoding.UTF8.GetString(StringArguments.Scalar(context, 1, "filename"));
        var compression = FileArguments.AnyCompression(context, 2);
        if (dataset.Types is not [DType.String])
            throw EngineException.InvalidArgument("Only datasets of single strings can be written as records");
        using var writer = new TFRecordWriter(path, compression);
        using var walk = dataset.Iterate();
        while (walk.Next(context.Run) is { } element)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var record = element[0];
            writer.Write(record.Count == 1 ? record.Item<byte[]>() : throw EngineException.InvalidArgument($"Each element must be a scalar, got shape {record.Shape}"));
        }
    });
}
