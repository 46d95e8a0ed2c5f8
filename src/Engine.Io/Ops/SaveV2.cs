using System.Text;
using Engine.Io.Checkpoints;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Writes tensors, or parts of tensors, to a V2 checkpoint.</summary>
[Op("SaveV2")]
internal sealed class SaveV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        c.Input(1, 1);
        c.Input(2, 1);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        const int first = 3;
        return Kernel.From(context =>
        {
            var prefix = SavedNames.Prefix(context, 0);
            var (names, slices) = SavedNames.Read(context, 1, context.InputCount - first);
            using var writer = new BundleWriter(prefix);
            for (var i = 0; i < names.Length; i++)
            {
                var tensor = context.Input(first + i);
                if (slices[i].Length == 0)
                {
                    writer.Add(names[i], tensor);
                    continue;
                }
                var (shape, slice) = TensorSlice.ParseSpec(slices[i]);
                if (slice.Of(shape) != tensor.Shape)
                    throw EngineException.InvalidArgument($"Slice in shape_and_slice specification does not match the shape of the tensor to save: {slices[i]}, tensor '{Encoding.UTF8.GetString(names[i])}': {tensor.Shape}");
                writer.AddSlice(names[i], shape, slice, tensor);
            }
            writer.Finish();
        });
    }
}
