using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>Gives a TF 1 variable a value. Memory of the right size is written in place: what was read from it before shows the new value.</summary>
[Op("Assign")]
internal sealed class Assign : IOp
{
    public static void InferShapes(InferenceContext c)
        => c.SetOutput(0, c.Attr("validate_shape").AsBool() ? c.Input(0).Merge(c.Input(1)) : c.Input(1));

    public static Kernel CreateKernel(KernelBuilder node) => new AssignKernel(node.Bool("validate_shape"));

    private sealed class AssignKernel(bool validateShape) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            var variable = context.InputVariable(0);
            var value = context.Input(1);
            lock (variable.Gate)
            {
                if (validateShape)
                    CheckShape(variable, value.Shape);
                if (variable.Value is { } old && old.Count == value.Count)
                {
                    var writable = variable.Writable(aliased: true);
                    writable.CopyFrom(value);
                    if (writable.Shape != value.Shape)
                        variable.Replace(writable.Reshape(value.Shape));
                }
                else
                {
                    variable.Replace(context.IsExclusive(1) ? value.Share() : value.Clone());
                }
            }
            context.Forward(0, 0);
        }

        private static void CheckShape(Variable variable, Shape shape)
        {
            PartialShape expected = variable.Value is { } value ? value.Shape : variable.Shape;
            if (!expected.IsCompatibleWith(shape))
                throw EngineException.InvalidArgument($"Assign requires shapes of both tensors to match. lhs shape= {expected} rhs shape= {shape}");
        }
    }
}
