using Engine.OpModel;

namespace Engine.Ops.Datasets;

/// <summary>One tuple.</summary>
[Op("TensorDataset")]
internal sealed class TensorDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (types, shapes) = (node.Types("Toutput_types"), node.Shapes("output_shapes"));
        return DatasetOps.Kernel(context =>
        {
            var tuple = context.Keep(..);
            IteratorGetNext.Check(tuple, types, shapes);
            return new DerivedDataset(types, 1, () =>
            {
                var done = false;
                return new SteppedIterator(_ =>
                {
                    var element = done ? null : Array.ConvertAll(tuple, t => t.Share());
                    done = true;
                    return element;
                });
            });
        });
    }
}
