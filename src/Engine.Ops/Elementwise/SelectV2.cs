using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>Elements of one tensor or the other; condition and tensors are broadcast together.</summary>
[Op("SelectV2")]
internal sealed class SelectV2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Broadcast(c.Input(1), c.Input(2))));

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Move(node.Type("T"), default(Factory));

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var zeros = g.Apply("ZerosLike", dz);
        return
        [
            null,
            g.SumToShapeOf(g.Apply("SelectV2", g.Input(0), dz, zeros), g.Input(1)),
            g.SumToShapeOf(g.Apply("SelectV2", g.Input(0), zeros, dz), g.Input(2)),
        ];
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
            var shape = Broadcasting.Shape(condition.Shape, Broadcasting.Shape(x.Shape, y.Shape));
            var choices = condition.AsSpan<byte>();
            var from = x.AsRawSpan<T>();
            var other = y.AsRawSpan<T>();
            var result = context.Allocate(0, shape).AsRawSpan<T>();
            if (result.Length == 0)
                return;
            if (choices.Length == result.Length && (from.Length == result.Length || from.Length == 1) && (other.Length == result.Length || other.Length == 1))
                SelectLoop<T>.Run(choices, from, other, result);
            else
                Broadcast(shape, [condition.Shape, x.Shape, y.Shape], choices, from, other, result);
        }

        private static void Broadcast(Shape shape, Shape[] inputs, ReadOnlySpan<byte> choices, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
        {
            var plan = new BroadcastRows(shape, inputs);
            Span<long> offsets = stackalloc long[3];
            var length = (int)plan.RowLength;
            for (var row = 0L; row < plan.Rows; row++)
            {
                plan.Offsets(row, offsets);
                var target = result.Slice((int)(row * length), length);
                var from = x.Slice((int)offsets[1], plan.Steps[1] == 0 ? 1 : length);
                var other = y.Slice((int)offsets[2], plan.Steps[2] == 0 ? 1 : length);
                if (plan.Steps[0] != 0)
                    SelectLoop<T>.Run(choices.Slice((int)offsets[0], length), from, other, target);
                else
                    Repeat(choices[(int)offsets[0]] != 0 ? from : other, target);
            }
        }

        private static void Repeat(ReadOnlySpan<T> source, Span<T> target)
        {
            if (source.Length == target.Length)
                source.CopyTo(target);
            else
                target.Fill(source[0]);
        }
    }
}
