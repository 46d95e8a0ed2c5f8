using System.Text;
using Engine.Io.Checkpoints;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>A tensor, or a part of one, of a V1 checkpoint whose files match a pattern.</summary>
[Op("Restore", "RestoreSlice")]
internal sealed class Restore : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < c.InputCount; i++)
            c.Input(i, 0);
        if (c.InputCount < 3 || c.InputTensor(2) is not { Count: 1 } spec)
            return;
        var text = Encoding.UTF8.GetString(spec.Item<byte[]>());
        if (text.Length == 0)
            return;
        var (shape, slice) = TensorSlice.ParseSpec(text);
        c.SetOutput(0, slice.Of(shape));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dt");
        return Kernel.From(context =>
        {
            var pattern = Encoding.UTF8.GetString(StringArguments.Single(context, 0, "file_pattern"));
            var name = StringArguments.First(context, 1) ?? throw EngineException.InvalidArgument("Input 1 (tensor_name) is empty");
            var spec = context.InputCount > 2 ? Encoding.UTF8.GetString(StringArguments.First(context, 2) ?? []) : "";
            using var checkpoint = new SliceTableReader(pattern);
            var found = RestoreV2.Find(checkpoint, [name], [type]);
            context.MoveOutput(0, RestoreV2.Read(found[0], name, spec, context.Workers));
        });
    }
}
