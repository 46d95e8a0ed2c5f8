using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>The value of a counter variable, which then counts on, up to a limit.</summary>
[Op("CountUpTo", "ResourceCountUpTo")]
internal sealed class CountUpTo : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        return type == DType.Int32 ? new CountKernel<int>(node, type) : type == DType.Int64 ? new CountKernel<long>(node, type) : throw node.NoKernel();
    }

    private sealed class CountKernel<T>(KernelBuilder node, DType type) : Kernel where T : unmanaged, IBinaryInteger<T>
    {
        private readonly long limit = node.Int("limit");
        private readonly bool isReference = VariableTarget.IsReference(node);

        public override void Compute(KernelContext context)
        {
            var variable = VariableTarget.Find(context, isReference, type);
            lock (variable.Gate)
            {
                if (variable.Value is not { Rank: 0 } value)
                    throw EngineException.InvalidArgument($"input is not a scalar: {variable.Value?.Shape}");
                var count = value.AsSpan<T>()[0];
                if (long.CreateTruncating(count) >= limit)
                    throw EngineException.OutOfRange($"Reached limit of {limit}");
                context.Allocate(0, Shape.Scalar).AsSpan<T>()[0] = count;
                variable.Writable(isReference).AsSpan<T>()[0] = count + T.One;
            }
        }
    }
}
