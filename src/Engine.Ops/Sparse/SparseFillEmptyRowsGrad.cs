using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;

namespace Engine.Ops.Sparse;

/// <summary>Gradients of the values and the default value of SparseFillEmptyRows and RaggedFillEmptyRows.</summary>
[Op("SparseFillEmptyRowsGrad", "RaggedFillEmptyRowsGrad")]
internal sealed class SparseFillEmptyRowsGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 1);
        c.SetOutput(0, c.Input(0, 1));
        c.SetOutput(1, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Number(node.Type("T"), new Factory()) ?? throw node.NoKernel();

    private readonly struct Factory : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => Kernel.From(context =>
        {
            var map = IndexTensor.Vector(context.Input(0), "reverse_index_map");
            if (context.Input(1).Rank != 1)
                throw EngineException.InvalidArgument($"grad_values must be a vector, saw: {context.Input(1).Shape}");
            var gradient = context.Input(1).AsRawSpan<T>();
            var values = context.Allocate(0, map.Length).AsRawSpan<T>();
            var visited = new bool[gradient.Length];
            for (var i = 0; i < map.Length; i++)
            {
                if ((ulong)map[i] >= (ulong)gradient.Length)
                    throw EngineException.InvalidArgument($"Elements in reverse index must be in [0, {gradient.Length}) but got {map[i]}");
                values[i] = gradient[(int)map[i]];
                visited[map[i]] = true;
            }
            var sum = T.Zero;
            for (var i = 0; i < gradient.Length; i++)
                sum += visited[i] ? T.Zero : gradient[i];
            context.Allocate(1, Shape.Scalar).AsRawSpan<T>()[0] = sum;
        });
    }
}
