using Engine.Io.Checkpoints;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>The pattern of several files: <c>base-?????-of-00003</c>.</summary>
[Op("ShardedFilespec")]
internal sealed class ShardedFilespec : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        c.Input(1, 0);
        c.SetOutput(0, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        if (context.Input(0).Rank != 0 || context.Input(1).Rank != 0)
            throw EngineException.InvalidArgument("basename and num_shards must be scalars.");
        var text = $"-?????-of-{ShardNames.Number(context.Input(1).Item<int>())}";
        context.Allocate(0, Shape.Scalar).AsSpan<byte[]>()[0] = [.. StringArguments.UpToNul(context, 0, "basename"), .. System.Text.Encoding.ASCII.GetBytes(text)];
    });
}
