using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>Gives a resource variable a value; the variable is made if there is none.</summary>
[Op("AssignVariableOp")]
internal sealed class AssignVariableOp : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node) => new AssignKernel(node.Type("dtype"), node.Bool("validate_shape"));

    private sealed class AssignKernel(DType type, bool validateShape) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            var handle = context.Handle(0);
            var value = context.Input(1);
            var variable = context.Session.Resources.GetOrCreate(handle, () => new Variable(type, handle.ValueShape));
            if (variable.Type != type)
                throw EngineException.InvalidArgument($"Trying to assign variable with wrong dtype. Expected {variable.Type.Name()} got {type.Name()}");
            lock (variable.Gate)
            {
                if (validateShape && variable.Value is { } old && old.Shape != value.Shape)
                    throw EngineException.InvalidArgument($"Trying to assign to variable with tensor with wrong shape. Expected {old.Shape} got {value.Shape}");
                // What somebody else holds (a feed, a constant) is copied: it may change, or be pinned for as long as the variable lives.
                var keeps = context.IsKeepable(1);
                variable.Replace(keeps ? value.Share() : value.Clone());
                // Restoring has read it for its checksum; a kernel that packs it reads it again, one variable after the other.
                if (keeps)
                    value.Unload();
            }
        }
    }
}
