using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>Writes into a strided slice of a variable.</summary>
[Op("StridedSliceAssign", "ResourceStridedSliceAssign")]
internal sealed class StridedSliceAssign : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.OutputCount > 0)
            c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node) => new AssignKernel(node);

    private sealed class AssignKernel(KernelBuilder node) : Kernel
    {
        private readonly bool isReference = VariableTarget.IsReference(node);
        private readonly DType type = node.Type("T");
        private readonly StridedSliceSpec.Masks masks = StridedSliceSpec.Masks.Of(node.Node);

        public override void Compute(KernelContext context)
        {
            var variable = VariableTarget.Find(context, isReference, type);
            var source = context.Input(4);
            lock (variable.Gate)
            {
                var shape = variable.Value!.Shape;
                var spec = StridedSliceSpec.Resolve(shape.Dims, context.Input(1), context.Input(2), context.Input(3), masks);
                if (SliceAssignment.Check(spec, source))
                    SliceAssignment.Write(context.Workers, variable.Writable(isReference), spec, source);
            }
            VariableTarget.PassReference(context, isReference);
        }
    }
}
