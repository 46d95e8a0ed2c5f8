using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Batch normalisation, then perhaps a tensor added, then perhaps a rectifier: what TensorFlow's optimiser makes of the three.</summary>
[Op("_FusedBatchNormEx")]
internal sealed class FusedBatchNormEx : IOp
{
    public static void InferShapes(InferenceContext c) => FusedBatchNorm.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Int("num_side_inputs") is var sides and not (0 or 1))
            throw node.Fail($"_FusedBatchNormEx accepts at most one side input, not {sides}.");
        Activation activation = node.String("activation_mode") switch
        {
            "Identity" => Activation.None,
            "Relu" => Activation.Relu,
            var other => throw node.Fail($"Unsupported activation mode: {other}"),
        };
        return node.Type("T") is DType.Float32 or DType.Float16 or DType.BFloat16 ? new FusedBatchNormExKernel(node, activation) : throw node.NoKernel();
    }

    private sealed unsafe class FusedBatchNormExKernel(KernelBuilder node, Activation activation) : Kernel
    {
        private readonly FusedBatchNormKernel _norm = new(node);

        public override void Compute(KernelContext context)
        {
            Tensor? side = context.InputCount > 5 ? context.Input(5) : null;
            if (side is not null && !side.Shape.Equals(context.Input(0).Shape))
                throw EngineException.InvalidArgument($"The side input must have the shape of the input, {context.Input(0).Shape}, but has {side.Shape}");
            _norm.Compute(context);
            Tensor y = context.Output(0)!;
            switch (y.Type)
            {
                case DType.Float32: Finish(y, side); break;
                case DType.Float16: Narrow<Half>(context, y, side); break;
                default: Narrow<BFloat16>(context, y, side); break;
            }
        }

        private void Finish(Tensor y, Tensor? side)
        {
            var end = new Epilogue<float>(null, activation, 0, side is null ? null : side.Pointer<float>());
            if (!end.IsEmpty && y.Count > 0)
                end.Apply(y.Pointer<float>(), 0, 1, y.Count, 0, 0);
        }

        private void Narrow<TNarrow>(KernelContext context, Tensor y, Tensor? side) where TNarrow : unmanaged
        {
            using Tensor wide = WideTensor.Of<TNarrow>(context, y);
            using Tensor? wideSide = side is null ? null : WideTensor.Of<TNarrow>(context, side);
            Finish(wide, wideSide);
            WideTensor.Narrow<TNarrow>(wide, y);
        }
    }
}
