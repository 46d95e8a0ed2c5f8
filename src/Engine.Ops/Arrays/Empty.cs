using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>A tensor whose elements do not matter. They are zero here in any case: nothing of another run can be seen.</summary>
[Op("Empty")]
internal sealed class Empty : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.InputAsShape(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("dtype", TypeGroups.Plain | TypeGroups.String);
        return Kernel.From(context => context.AllocateZeros(0, IndexTensor.Shape(context.Input(0), "shape")));
    }
}
