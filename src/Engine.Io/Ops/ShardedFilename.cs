using Engine.Io.Checkpoints;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>The name of one of several files: <c>base-00001-of-00003</c>.</summary>
[Op("ShardedFilename")]
internal sealed class ShardedFilename : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < 3; i++)
            c.Input(i, 0);
        c.SetOutput(0, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        for (var i = 0; i < 3; i++)
        {
            if (context.Input(i).Rank != 0)
                throw EngineException.InvalidArgument($"Input {i} must be a scalar, not {context.Input(i).Shape}.");
        }
        var text = $"-{ShardNames.Number(context.Input(1).Item<int>())}-of-{ShardNames.Number(context.Input(2).Item<int>())}";
        context.Allocate(0, Shape.Scalar).AsSpan<byte[]>()[0] = [.. StringArguments.UpToNul(context, 0, "basename"), .. System.Text.Encoding.ASCII.GetBytes(text)];
    });
}
