using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>Changes rows of a variable, chosen by index, by rows of updates (or by one scalar).</summary>
[Op("ScatterAdd", "ScatterSub", "ScatterMul", "ScatterDiv", "ScatterMin", "ScatterMax", "ScatterUpdate",
    "ResourceScatterAdd", "ResourceScatterSub", "ResourceScatterMul", "ResourceScatterDiv", "ResourceScatterMin", "ResourceScatterMax", "ResourceScatterUpdate")]
internal sealed class ScatterVariable : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.OutputCount == 0)
            return;
        var target = c.WithRankAtLeast(c.Input(0), 1);
        if (c.Input(2).Rank != 0 && c.Input(2).HasRank && c.Input(1).HasRank && target.HasRank)
            c.Input(1).Concat(target.Slice(1)).Merge(c.Input(2));
        c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var isReference = VariableTarget.IsReference(node);
        var type = node.Type(isReference ? "T" : "dtype");
        return RowUpdateKernels.For(node.Node.Op, type, new Maker(isReference, type)) ?? throw node.NoKernel();
    }

    private readonly struct Maker(bool isReference, DType type) : RowUpdateKernels.IMaker
    {
        public Kernel Make<TRows, T>() where TRows : struct, IRowUpdate<T> => new ScatterKernel<TRows, T>(isReference, type);
    }

    private sealed class ScatterKernel<TRows, T>(bool isReference, DType type) : Kernel where TRows : struct, IRowUpdate<T>
    {
        public override void Compute(KernelContext context)
        {
            var variable = VariableTarget.Find(context, isReference, type);
            var indices = IndexTensor.Read(context.Input(1));
            var updates = context.Input(2);
            lock (variable.Gate)
            {
                var shape = variable.Value!.Shape;
                Check(shape, context.Input(1), updates);
                var row = (int)shape.CountOf(1, shape.Rank);
                if (indices.Length > 0)
                    Scatter(variable.Writable(isReference).AsRawSpan<T>(), indices, shape[0], row, updates);
            }
            VariableTarget.PassReference(context, isReference);
        }

        private static void Check(Shape shape, Tensor indices, Tensor updates)
        {
            if (shape.Rank < 1)
                throw EngineException.InvalidArgument($"params must be at least 1-D, got shape {shape}");
            if (updates.Rank > 0 && updates.Shape != indices.Shape.Concat(shape.Slice(1)))
            {
                throw EngineException.InvalidArgument($"Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [], "
                    + $"got updates.shape {updates.Shape}, indices.shape {indices.Shape}, params.shape {shape}");
            }
        }

        // As in TensorFlow, what comes before a bad index is done.
        private static void Scatter(Span<T> target, long[] indices, long rows, int row, Tensor updates)
        {
            ReadOnlySpan<T> source = updates.AsRawSpan<T>();
            for (var i = 0; i < indices.Length; i++)
            {
                if ((ulong)indices[i] >= (ulong)rows)
                    throw EngineException.InvalidArgument($"indices[{i}] = {indices[i]} is not in [0, {rows})");
                var t = target.Slice((int)indices[i] * row, row);
                if (updates.Rank == 0)
                    TRows.Apply(t, source[0]);
                else
                    TRows.Apply(t, source.Slice(i * row, row));
            }
        }
    }
}
