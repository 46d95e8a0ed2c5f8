using Engine.Graphs;
using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.State;

/// <summary>A TF 1 variable: its output is a reference that ops may change the value through.</summary>
[Op("VariableV2", "Variable")]
internal sealed class VariableV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        // "Variable" is older than scalars: there, no dimension means that nothing is known.
        var shape = c.Attr("shape").AsShape();
        c.SetOutput(0, c.Node.Op == "Variable" && shape.Rank == 0 ? PartialShape.Unknown : shape);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        var shape = node.Shape("shape");
        var name = node.String("shared_name") is { Length: > 0 } shared ? shared : node.Node.Name;
        var variable = node.Session.Resources.GetOrCreate(node.String("container"), name, () => Make(type, shape));
        if (variable.Type != type)
            throw node.Fail($"Variable '{name}' is of type {variable.Type.Name()}, not {type.Name()}.");
        return Kernel.From(context => context.SetReference(0, variable));
    }

    // A variable without elements has nothing to be initialised.
    private static Variable Make(DType type, PartialShape shape)
    {
        var variable = new Variable(type, shape);
        if (shape.Count == 0)
        {
            lock (variable.Gate)
                variable.Replace(Tensor.Zeros(type, shape.ToShape()));
        }
        return variable;
    }
}
