using Engine.Io.Files;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>The contents of a file.</summary>
[Op("ReadFile")]
internal sealed class ReadFile : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        c.SetOutput(0, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => new FileKernel(context =>
        context.MoveOutput(0, Tensor.Scalar(MessageFile.ReadBytes(StringArguments.Path(context, 0, "filename")))));
}
