using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
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
                var slice = new Shape(spec.ResultDims);
                if (Broadcasting.Shape(slice, source.Shape) != slice)
                    throw EngineException.InvalidArgument($"A value of shape {source.Shape} cannot be assigned to a slice of shape {slice}");
                if (slice.Count > 0)
                {
                    var (start, strides) = spec.Walk(shape);
                    StridedCopy.Run(context.Workers, spec.Length, source, 0, SourceStrides(spec, source.Shape), variable.Writable(isReference), start, strides);
                }
            }
            VariableTarget.PassReference(context, isReference);
        }

        // The value's strides in the dimensions of the variable: 0 where it is repeated or the dimension is a single index.
        private static long[] SourceStrides(StridedSliceSpec spec, Shape source)
        {
            var strides = new long[spec.Length.Length];
            var own = source.Strides();
            for (var d = 0; d < strides.Length; d++)
            {
                var at = spec.ResultDim[d] - (spec.ResultDims.Length - source.Rank);
                if (spec.ResultDim[d] >= 0 && at >= 0 && source[at] != 1)
                    strides[d] = own[at];
            }
            return strides;
        }
    }
}
