using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>The variable that an op changes: behind a resource handle, or behind a TF 1 reference.</summary>
internal static class VariableTarget
{
    /// <summary>Whether the op's first input is a reference rather than a handle.</summary>
    internal static bool IsReference(KernelBuilder node) => node.Node.InputTypes[0].IsRef();

    /// <summary>The variable of input 0, which must be initialised and of the given type.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION (reference) or NOT_FOUND (handle) when it has no value, INVALID_ARGUMENT for another type.</exception>
    internal static Variable Find(KernelContext context, bool isReference, DType type, int input = 0)
    {
        if (isReference)
        {
            var variable = context.InputVariable(input);
            return variable.IsInitialized ? variable : throw EngineException.FailedPrecondition($"Attempting to use uninitialized value in {context.Node.Name}");
        }
        var found = context.Resource<Variable>(input);
        if (!found.IsInitialized)
            throw EngineException.NotFound($"Resource {context.Handle(input)} has no value.");
        if (found.Type != type)
            throw EngineException.InvalidArgument($"Trying to use a variable of type {found.Type.Name()} as {type.Name()}");
        return found;
    }

    /// <summary>Passes the reference of input 0 on, for ops that have it as output.</summary>
    internal static void PassReference(KernelContext context, bool isReference)
    {
        if (isReference)
            context.Forward(0, 0);
    }
}
