using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;

namespace Engine.Ops.LinearAlgebra;

/// <summary>BatchMatMulV2 with a wider element type for the result than for 8-bit factors.</summary>
[Op("BatchMatMulV3")]
internal sealed class BatchMatMulV3 : IOp
{
    public static void InferShapes(InferenceContext c) => BatchMatMulV2.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        DType a = node.Type("Ta"), b = node.Type("Tb"), result = node.Type("Tout");
        bool bytes = IsByte(a) && IsByte(b);
        bool same = a == b && a == result && !bytes && result != DType.Float16;
        bool mixed = result == DType.BFloat16 && (a == result || IsByte(a)) && (b == result || IsByte(b)) && !bytes;
        if (!same && !mixed && !(bytes && result == DType.Int32))
            throw node.NoKernel();
        return BatchMatMulV2.CreateKernel(node, broadcasts: true);
    }

    public static bool Fuse(RewriteContext c) => AttentionPattern.OfProduct(c);

    public static Gradient?[] Gradient(GradientContext g) => BatchMatMulV2.Gradient(g);

    private static bool IsByte(DType type) => type is DType.Int8 or DType.UInt8;
}
