using Engine.OpModel;

namespace Engine.Ops.Elementwise;

/// <summary>Remainder with the sign of the dividend, as in C.</summary>
[Op("TruncateMod")]
internal sealed class TruncateMod : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 or DType.Float64 => FloatRemainder.Kernel<TruncatedRemainder>(node.Type("T"))!,
        DType.Int32 or DType.Int64 => IntegerDivision.Kernel<IntegerDivision.TruncatedRemainder>(node.Type("T"), StatusCode.Internal)!,
        _ => throw node.NoKernel(),
    };
}
