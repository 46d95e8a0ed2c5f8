using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Cross entropy of a softmax with one label per row, and its gradient.</summary>
[Op("SparseSoftmaxCrossEntropyWithLogits")]
internal sealed class SparseSoftmaxCrossEntropyWithLogits : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var features = c.Input(0, 2);
        var rows = PartialShape.Vector(features[0]).Merge(c.Input(1, 1));
        c.SetOutput(0, rows);
        c.SetOutput(1, features.With(0, rows[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => node.Type("T") is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16 ? new SparseLabels(node.Type("T")) : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var rows = g.Apply("ExpandDims", g.OutputGradient(0), g.Constant(Tensor.Scalar(-1)));
        var gradient = rows * g.Output(1);
        if (g.OutputGradientOrNull(1) is { } second)
            gradient += SoftmaxCrossEntropyWithLogits.SecondOrder(g, Graphs.Gradients.ToDense(g, second), g.Input(0));
        return [gradient, null];
    }

    private sealed class SparseLabels(DType type) : CrossEntropyKernel(type)
    {
        protected override (Tensor Logits, Shape Shape) Check(KernelContext context)
        {
            var logits = context.Input(0);
            var labels = context.Input(1);
            if (logits.Rank != 2)
                throw EngineException.InvalidArgument($"logits must be 2-D, but got shape {logits.Shape}");
            if (labels.Rank != 1)
                throw EngineException.InvalidArgument($"labels must be 1-D, but got shape {labels.Shape}");
            if (logits.Shape[0] != labels.Shape[0])
                throw EngineException.InvalidArgument($"logits and labels must have the same first dimension, got logits shape {logits.Shape} and labels shape {labels.Shape}");
            if (logits.Shape[1] <= 0)
                throw EngineException.InvalidArgument($"Must have at least one class, but got logits shape {logits.Shape}");
            for (var i = 0; i < labels.Count; i++)
            {
                if (Label(labels, i) is var label && (label < 0 || label >= logits.Shape[1]))
                    throw EngineException.InvalidArgument($"Received a label value of {label} which is outside the valid range of [0, {logits.Shape[1]}).");
            }
            return (logits.Share(), logits.Shape);
        }

        protected override unsafe void Finish<T>(KernelContext context, T* probabilities, T* loss, long rows, long classes)
        {
            var labels = context.Input(1);
            for (var row = 0L; row < rows; row++)
            {
                var p = probabilities + row * classes;
                var label = Label(labels, row);
                loss[row] = -p[label];
                for (var i = 0L; i < classes; i++)
                    p[i] = T.Exp(p[i]);
                p[label] -= T.One;
            }
        }

        private static unsafe long Label(Tensor labels, long index) => labels.Type == DType.Int32 ? labels.Pointer<int>()[index] : labels.Pointer<long>()[index];
    }
}
