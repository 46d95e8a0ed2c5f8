using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The product of two matrices, each perhaps transposed, then a bias and an activation.</summary>
[Op("_FusedMatMul")]
internal sealed class FusedMatMul : IOp
{
    public static void InferShapes(InferenceContext c) => MatMul.InferShapes(c);

    public static bool ActsOnRows(RewriteContext c) => !c.Node.Attr("transpose_a").AsBool() && c.BroadcastsToRows(1);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new MatMulKernel<float>(node, new FusedOps(node)),
        DType.BFloat16 => new NarrowFusedMatMul(node),
        _ => throw node.NoKernel(),
    };

    // Rounded after the product and at the end.
    private sealed unsafe class NarrowFusedMatMul(KernelBuilder node) : Kernel
    {
        private readonly MatMulKernel<BFloat16> _product = new(node);
        private readonly FusedOps _end = new(node);

        public override void Compute(KernelContext context)
        {
            _product.Compute(context);
            Tensor product = context.Output(0)!;
            long columns = product.Shape[1];
            using Tensor wide = WideTensor.Of<BFloat16>(context, product), bias = WideTensor.Of<BFloat16>(context, context.Input(context.InputCount - 1));
            _end.For<float>(bias, columns).Apply(wide.Pointer<float>(), columns, product.Shape[0], columns, 0, 0);
            WideTensor.Narrow<BFloat16>(wide, product);
        }
    }
}
