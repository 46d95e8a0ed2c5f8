using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// Attention, <c>softmax(scale · q kᵀ + mask) v</c>, which plans put in the place of its parts. The layouts name the dimensions of each tensor: Q a query, K a key,
/// D what q and k share, V the width of a value, small letters the batches.
/// </summary>
[Op("_Attention", Definition = "_Attention(q:T; k:T; v:T; masks:num_masks*T) -> (y:T) {T:type in [float]; num_masks:int >= 0 = 0; scale:float = 1.0; q_layout:string; k_layout:string; v_layout:string; scores_layout:string; result_layout:string}")]
internal sealed class Attention : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") == DType.Float32 ? new AttentionKernel(node) : throw node.NoKernel();
}
