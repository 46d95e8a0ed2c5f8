using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>
/// A chain of element-wise functions over tensors that are broadcast together. An operand is an input from 0 upwards, or the result of a function from -1 downwards;
/// the last function's result is the chain's. A piece (index, count) is a part of an input's last dimension.
/// </summary>
[Op("_Elementwise", Definition = "_Elementwise(inputs:N*T) -> (y:T) {T:type in [float]; N:int >= 1; functions:list(string); operands:list(int); pieces:list(int)}")]
internal sealed class FusedElementwise : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") == DType.Float32 ? new FusedElementwiseKernel(node) : throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);
}
