using System.Text;
using Engine.Io.Checkpoints;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Writes tensors, or parts of tensors, to a V1 checkpoint. <see cref="SaveV2"/> writes the format of today.</summary>
[Op("Save", "SaveSlices")]
internal sealed class Save : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        c.Input(1, 1);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var first = node.InputRange("data").Start.Value;
        return Kernel.From(context =>
        {
            var path = Encoding.UTF8.GetString(StringArguments.Single(context, 0, "filename"));
            var names = context.Input(1).ToArray<byte[]>();
            var count = context.InputCount - first;
            var slices = first == 3 ? context.Input(2).ToStrings() : null;
            if (names.Length != count || (slices is not null && slices.Length != count))
                throw EngineException.InvalidArgument($"There are {names.Length} tensor_names{(slices is null ? "" : $" and {slices.Length} shapes_and_slices")} for {count} tensors.");
            using var writer = new SliceTableWriter(path);
            for (var i = 0; i < count; i++)
            {
                var tensor = context.Input(first + i);
                if (slices is null || slices[i].Length == 0)
                {
                    writer.Add(names[i], tensor);
                    continue;
                }
                var (shape, slice) = TensorSlice.ParseSpec(slices[i]);
                if (slice.Of(shape) != tensor.Shape)
                    throw EngineException.InvalidArgument($"Slice in shape_and_slice specification does not match the shape of the tensor to save: {slices[i]}, tensor: {tensor.Shape}");
                writer.AddSlice(names[i], shape, slice, tensor);
            }
            writer.Finish();
        });
    }
}
