using Engine.OpModel;

namespace Engine.Ops.Datasets;

/// <summary>The rows of tensors.</summary>
[Op("TensorSliceDataset")]
internal sealed class TensorSliceDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (types, shapes) = (node.Types("Toutput_types"), node.Shapes("output_shapes"));
        return DatasetOps.Kernel(context =>
        {
            for (var i = 0; i < context.InputCount; i++)
            {
                var shape = context.Input(i).Shape;
                if (shape.Rank == 0)
                    throw EngineException.InvalidArgument("All components must be at least 1-dimensional");
                if (shape[0] != context.Input(0).Shape[0])
                    throw EngineException.InvalidArgument("All components must have the same size in the 0th dimension");
                if (i < shapes.Length && !shapes[i].IsCompatibleWith(shape.Slice(1)))
                    throw EngineException.InvalidArgument($"Incompatible shapes at component {i}: expected {shapes[i]} but got {shape.Slice(1)}.");
            }
            var tensors = context.Keep(..);
            var rows = tensors.Length > 0 ? tensors[0].Shape[0] : 0;
            return new DerivedDataset(types, rows, () =>
            {
                var next = 0L;
                return new SteppedIterator(_ => next < rows ? Row(tensors, next++) : null);
            });
        });
    }

    /// <summary>Row <paramref name="row"/> of each tensor.</summary>
    internal static Tensor[] Row(Tensor[] tensors, long row) => Array.ConvertAll(tensors, t =>
    {
        using var one = t.Rows(row, 1);
        return one.Reshape(t.Shape.Slice(1));
    });
}
