using Engine.Graphs;
using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>Zeros, false or empty strings of the input's shape; zeros of a variant's structure.</summary>
[Op("ZerosLike")]
internal sealed class ZerosLike : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Variant => new VariantKernel(),
        DType.Resource => throw node.NoKernel(),
        _ => new ZerosKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [null];

    /// <summary>The zero of a variant.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there is none.</exception>
    internal static object? Zero(object? value) => value switch
    {
        null => null,
        IZerosLikeVariant v => v.ZerosLike(),
        Tensor t => Tensor.Zeros(t.Type, t.Shape),
        _ => throw EngineException.InvalidArgument($"There are no zeros like a variant of type {value.GetType().Name}."),
    };

    private sealed class ZerosKernel : Kernel
    {
        public override void Compute(KernelContext context) => context.ForwardOrAllocate(0, 0, context.Input(0).Shape).Clear();
    }

    private sealed class VariantKernel : Kernel
    {
        public override void Compute(KernelContext context)
        {
            var values = context.Input(0).AsSpan<object>();
            var zeros = context.Allocate(0, context.Input(0).Shape).AsSpan<object>();
            for (var i = 0; i < zeros.Length; i++)
                zeros[i] = Zero(values[i])!;
        }
    }
}
