using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Cross entropy of a softmax with a distribution of labels per row, and its gradient. Features and labels are broadcast together.</summary>
[Op("SoftmaxCrossEntropyWithLogits")]
internal sealed class SoftmaxCrossEntropyWithLogits : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.WithRank(c.Broadcast(c.Input(0), c.Input(1)), 2);
        c.SetOutput(0, PartialShape.Vector(shape[0]));
        c.SetOutput(1, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => node.Type("T") is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16 ? new DenseLabels(node.Type("T")) : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var rows = g.Apply("ExpandDims", g.OutputGradient(0), g.Constant(Tensor.Scalar(-1)));
        var gradient = rows * g.Output(1);
        if (g.OutputGradientOrNull(1) is { } second)
            gradient += SecondOrder(g, Graphs.Gradients.ToDense(g, second), g.Input(0));
        return [gradient, rows * -g.Apply("LogSoftmax", g.Input(0))];
    }

    /// <summary>What flows through the gradient output: <c>(d - sum(d · p)) · p</c> with the probabilities p.</summary>
    internal static Value SecondOrder(GradientContext g, Value d, Value logits)
    {
        var p = g.Apply("Softmax", logits);
        var sum = g.NewNode("Sum").Input(d * p).Input(g.Constant(Tensor.From(1))).Attr("keep_dims", true).Build()[0];
        return (d - sum) * p;
    }

    private sealed class DenseLabels(DType type) : CrossEntropyKernel(type)
    {
        protected override (Tensor Logits, Shape Shape) Check(KernelContext context)
        {
            var (logits, labels) = (context.Input(0), context.Input(1));
            var shape = Broadcasting.Shape(logits.Shape, labels.Shape);
            if (shape.Rank != 2)
                throw EngineException.InvalidArgument($"logits and labels must be either 2-dimensional, or broadcasted to be 2-dimensional: {logits.Shape} and {labels.Shape}");
            if (shape[0] > 0 && shape[1] <= 0)
                throw EngineException.InvalidArgument($"Must have at least one class, but got shape {shape}");
            return (Expanded(logits, shape), shape);
        }

        protected override unsafe void Finish<T>(KernelContext context, T* probabilities, T* loss, long rows, long classes)
        {
            var narrow = context.Input(1);
            using var labels = Expanded(narrow, new Shape(rows, classes));
            for (var row = 0L; row < rows; row++)
            {
                var p = probabilities + row * classes;
                var sum = T.Zero;
                for (var i = 0L; i < classes; i++)
                {
                    var label = Label<T>(labels, row * classes + i);
                    // A class of probability zero costs nothing where no label asks for it.
                    sum += label == T.Zero ? T.Zero : label * -p[i];
                    p[i] = T.Exp(p[i]) - label;
                }
                loss[row] = sum;
            }
        }

        private static unsafe T Label<T>(Tensor labels, long i) where T : unmanaged, System.Numerics.INumberBase<T> => labels.Type switch
        {
            DType.Float16 => T.CreateTruncating(labels.Pointer<Half>()[i]),
            DType.BFloat16 => T.CreateTruncating(labels.Pointer<Engine.Tensors.BFloat16>()[i]),
            _ => labels.Pointer<T>()[i],
        };

        private static unsafe Tensor Expanded(Tensor tensor, Shape shape)
        {
            if (tensor.Shape.Equals(shape))
                return tensor.Share();
            var size = tensor.Type.Size();
            var result = Tensor.Allocate(tensor.Type, shape);
            var rowStep = tensor.Rank == 2 && tensor.Shape[0] == shape[0] ? tensor.Shape[1] : 0;
            var columnStep = tensor.Rank > 0 && tensor.Shape[-1] == shape[1] ? 1 : 0;
            for (var row = 0L; row < shape[0]; row++)
            {
                for (var i = 0L; i < shape[1]; i++)
                    Buffer.MemoryCopy(tensor.Pointer<byte>() + (row * rowStep + i * columnStep) * size, result.Pointer<byte>() + (row * shape[1] + i) * size, size, size);
            }
            return result;
        }
    }
}
