using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Counts the NaNs of a tensor, for debuggers; integers have none.</summary>
[Op("DebugNanCount")]
internal sealed class DebugNanCount : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Vector(1));

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Real(node.Type("T"), new Factory()) ?? throw node.NoKernel();

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new CountKernel<T>();
    }

    private sealed class CountKernel<T> : Kernel where T : unmanaged, INumber<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var input = context.Input(0);
            var elements = input.Pointer<T>();
            var count = 0L;
            for (var i = 0L; i < input.Count; i++)
                count += T.IsNaN(elements[i]) ? 1 : 0;
            context.Allocate(0, 1).AsSpan<long>()[0] = count;
        }
    }
}
