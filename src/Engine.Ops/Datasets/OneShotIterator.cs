using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>A handle to an iterator over the dataset that a function makes.</summary>
[Op("OneShotIterator")]
internal sealed class OneShotIterator : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (types, shapes, factory) = (node.Types("output_types"), node.Shapes("output_shapes"), node.Function("dataset_factory"));
        if (node.String("shared_name").Length > 0)
            throw node.Fail("OneShotIterator does not currently support the 'shared_name' attr.");
        var handle = new ResourceHandle(node.String("container"), node.Node.Name);
        var started = node.State(() => new Started());
        return Kernel.From(context =>
        {
            lock (started)
            {
                if (!started.Yes)
                {
                    var results = factory.Call(context.Run);
                    using var dataset = results.Length == 1 ? results[0] : throw EngineException.InvalidArgument("The dataset_factory must return a single scalar dataset tensor.");
                    context.Session.Resources.GetOrCreate(handle, () => new IteratorResource(types, shapes)).Start(Dataset.Of(dataset));
                    started.Yes = true;
                }
            }
            context.MoveOutput(0, Tensor.Scalar(handle));
        });
    }

    private sealed class Started
    {
        internal bool Yes { get; set; }
    }
}
