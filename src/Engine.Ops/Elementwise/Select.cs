using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>Elements of one tensor or the other, of one shape; the condition has that shape too, is a scalar, or a vector that chooses rows.</summary>
[Op("Select")]
internal sealed class Select : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1).Merge(c.Input(2)));

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Move(node.Type("T"), default(Factory));

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var zeros = g.Apply("ZerosLike", g.Input(1));
        return [null, g.Apply("Select", g.Input(0), dz, zeros), g.Apply("Select", g.Input(0), zeros, dz)];
    }

    private readonly struct Factory : IMoveFactory
    {
        public Kernel Create<T>() => new SelectKernel<T>();
    }

    private sealed class SelectKernel<T> : Kernel
    {
        public override void Compute(KernelContext context)
        {
            var (condition, x, y) = (context.Input(0), context.Input(1), context.Input(2));
            if (!x.Shape.Equals(y.Shape))
                throw EngineException.InvalidArgument($"'then' and 'else' must have the same size, but received: {x.Shape} vs. {y.Shape}");
            if (condition.Rank == 0)
            {
                context.Forward(condition.Start<bool>() ? 1 : 2, 0);
                return;
            }
            var row = 1L;
            if (!condition.Shape.Equals(x.Shape))
            {
                if (condition.Rank != 1)
                    throw EngineException.InvalidArgument($"'cond' must be a scalar, a vector or of the shape of 'then', but saw shape: {condition.Shape}");
                if (x.Rank == 0)
                    throw EngineException.InvalidArgument($"'then' must be at least a vector, but saw shape: {x.Shape}");
                if (x.Shape[0] != condition.Count)
                    throw EngineException.InvalidArgument($"Number of batches of 'then' must match size of 'cond', but saw: {x.Shape[0]} vs. {condition.Count}");
                row = x.Shape.CountOf(1, x.Rank);
            }
            var choices = condition.AsSpan<byte>();
            var from = x.AsRawSpan<T>();
            var other = y.AsRawSpan<T>();
            var result = context.Allocate(0, x.Shape).AsRawSpan<T>();
            if (row == 1)
            {
                SelectLoop<T>.Run(choices, from, other, result);
                return;
            }
            for (var i = 0; i < choices.Length; i++)
            {
                var (start, length) = ((int)(i * row), (int)row);
                (choices[i] != 0 ? from : other).Slice(start, length).CopyTo(result[start..]);
            }
        }
    }
}
