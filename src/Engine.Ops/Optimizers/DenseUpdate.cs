using System.Numerics;
using Engine.OpModel;
using Engine.Ops.State;
using Engine.Ops.Traversal;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Optimizers;

/// <summary>Makes the kernels of optimizer ops that take a dense gradient, for both generations of variables.</summary>
internal static class DenseUpdate
{
    /// <exception cref="EngineException">INVALID_ARGUMENT for types without a kernel.</exception>
    internal static Kernel Kernel<TRule>(KernelBuilder node) where TRule : struct, IDenseRule
    {
        var type = node.Type("T");
        return type.IsFloating() || type.IsComplex() ? ElementTypes.Number(type, new Factory<TRule>(node)) ?? throw node.NoKernel() : throw node.NoKernel();
    }

    /// <summary>The shape function: everything that is not a scalar has the variable's shape.</summary>
    internal static void InferShapes<TRule>(InferenceContext c) where TRule : struct, IDenseRule
    {
        for (var i = TRule.Variables; i < c.InputCount; i++)
        {
            if (i != TRule.Gradient)
                c.Input(i, 0);
        }
        if (c.OutputCount == 0)
            return;
        var shape = c.Input(0).Merge(c.Input(TRule.Gradient));
        for (var i = 1; i < TRule.Variables; i++)
            shape = shape.Merge(c.Input(i));
        c.SetOutput(0, shape);
    }

    private readonly struct Factory<TRule>(KernelBuilder node) : INumberFactory where TRule : struct, IDenseRule
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new UpdateKernel<TRule, T>(node);
    }

    private sealed class UpdateKernel<TRule, T>(KernelBuilder node) : Kernel where TRule : struct, IDenseRule where T : unmanaged, INumberBase<T>
    {
        private readonly bool isReference = VariableTarget.IsReference(node);
        private readonly DType type = node.Type("T");
        private readonly bool useNesterov = node.Find("use_nesterov") is { } attr && attr.AsBool();

        public override void Compute(KernelContext context)
        {
            var variables = new Variable[TRule.Variables];
            for (var i = 0; i < variables.Length; i++)
                variables[i] = Find(context, i);
            Span<T> scalars = stackalloc T[context.InputCount - variables.Length - 1];
            for (int i = variables.Length, k = 0; i < context.InputCount; i++)
            {
                if (i == TRule.Gradient)
                    continue;
                if (context.Input(i).Rank != 0)
                    throw EngineException.InvalidArgument($"Input {i} is not a scalar: {context.Input(i).Shape}");
                scalars[k++] = context.Input(i).AsSpan<T>()[0];
            }
            using (new VariableLocks(variables))
            {
                CheckShapes(variables, context.Input(TRule.Gradient).Shape);
                TRule.Apply(Array.ConvertAll(variables, v => v.Writable(isReference)), scalars, context.Input(TRule.Gradient).AsSpan<T>(), useNesterov);
            }
            VariableTarget.PassReference(context, isReference);
        }

        // TensorFlow calls a missing variable of an optimizer an internal error.
        private Variable Find(KernelContext context, int input)
        {
            if (!isReference && context.Session.Resources.Find<Variable>(context.Handle(input)) is not { IsInitialized: true })
                throw EngineException.Internal($"Error while reading resource variable {context.Handle(input).Name}: it has no value.");
            return VariableTarget.Find(context, isReference, type, input);
        }

        private static void CheckShapes(Variable[] variables, Shape gradient)
        {
            var shape = variables[0].Value!.Shape;
            if (gradient != shape)
                throw EngineException.InvalidArgument($"var and grad do not have the same shape {shape} {gradient}");
            foreach (var v in variables)
            {
                if (v.Value!.Shape != shape)
                    throw EngineException.InvalidArgument($"var and its slots do not have the same shape {shape} {v.Value.Shape}");
            }
        }
    }
}
