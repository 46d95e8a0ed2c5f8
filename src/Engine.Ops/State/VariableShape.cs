using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Resources;

namespace Engine.Ops.State;

/// <summary>The shape of a resource variable's value.</summary>
[Op("VariableShape")]
internal sealed class VariableShape : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = HandleShape.Of(c.Maker(0));
        c.SetOutput(0, PartialShape.Vector(shape.Rank));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var variable = context.Resource<Variable>(0);
        Shape shape;
        lock (variable.Gate)
            shape = variable.Value?.Shape ?? throw EngineException.NotFound($"Resource {context.Handle(0)} has no value.");
        IndexTensor.Write(shape.Dims, context.Allocate(0, shape.Rank));
    });
}
