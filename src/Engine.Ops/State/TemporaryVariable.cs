using Engine.Graphs;
using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.State;

/// <summary>A variable that lives until <c>DestroyTemporaryVariable</c> takes its value.</summary>
[Op("TemporaryVariable")]
internal sealed class TemporaryVariable : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Attr("shape").AsShape());

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        var shape = node.Shape("shape").ToShape();
        var name = node.String("var_name") is { Length: > 0 } given ? given : node.Node.Name;
        return Kernel.From(context =>
        {
            var variable = new Variable(type, shape);
            lock (variable.Gate)
                variable.Replace(Tensor.Zeros(type, shape));
            TemporaryVariables.Of(context.Run, name).Add();
            context.SetReference(0, variable);
        });
    }
}
