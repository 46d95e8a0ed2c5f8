using System.Text;
using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The iterator that a text of IteratorToStringHandle names.</summary>
[Op("IteratorFromStringHandleV2", "IteratorFromStringHandle")]
internal sealed class IteratorFromStringHandleV2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var types = node.Types("output_types");
        return Kernel.From(context =>
        {
            if (context.Input(0).Rank != 0)
                throw EngineException.InvalidArgument("string_handle must be scalar");
            var parts = Encoding.UTF8.GetString(context.Input(0).AsSpan<byte[]>()[0]).Split(IteratorToStringHandle.Separator);
            if (parts.Length != 2)
                throw EngineException.InvalidArgument("Could not parse string_handle as a valid ResourceHandle");
            var handle = new ResourceHandle(parts[0], parts[1]);
            var iterator = context.Session.Resources.Lookup<IteratorResource>(handle);
            if (types.Length > 0 && !iterator.Types.SequenceEqual(types))
                throw EngineException.InvalidArgument("The iterator has other types than the op's.");
            context.MoveOutput(0, Tensor.Scalar(handle));
        });
    }
}
