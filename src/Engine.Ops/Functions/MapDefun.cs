using Engine.OpModel;
using Engine.Ops.TensorLists;
using Engine.Runtime;

namespace Engine.Ops.Functions;

/// <summary>Calls a function for each row of its arguments, and stacks the results.</summary>
[Op("MapDefun")]
internal sealed class MapDefun : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shapes = c.Attr("output_shapes").AsList();
        for (var i = 0; i < c.OutputCount && i < shapes.Length; i++)
            c.SetOutput(i, PartialShape.Vector(c.Input(0).Rank > 0 ? c.Input(0)[0] : -1).Concat(shapes[i].AsShape()));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var function = node.Function("f");
        var rows = node.Types("Targuments").Length;
        var shapes = node.Shapes("output_shapes");
        if (shapes.Length != node.OutputCount)
            throw node.Fail($"output_shapes must have {node.OutputCount} elements, not {shapes.Length}");
        return BlockingKernel.WrapIfNeeded(new MapKernel(function, rows, shapes), function);
    }

    private sealed class MapKernel(FunctionHandle function, int rows, PartialShape[] shapes) : Kernel
    {
        public override bool IsSequential => function.IsPure;

        public override void Compute(KernelContext context)
        {
            var count = Count(context);
            var outputs = new Tensor?[shapes.Length];
            for (var i = 0; i < outputs.Length; i++)
            {
                if (shapes[i].IsFullyKnown || count == 0)
                    outputs[i] = context.Allocate(i, Shape.Vector(count).Concat(shapes[i].ToShape()));
            }
            var arguments = new Tensor[context.InputCount];
            var results = new Tensor[shapes.Length];
            for (var row = 0L; row < count; row++)
            {
                for (var i = 0; i < arguments.Length; i++)
                    arguments[i] = i < rows ? TensorListFromTensor.Row(context.Input(i), row, context.Input(i).Shape.Slice(1)) : context.Input(i).Share();
                function.Call(context.Run, arguments, results);
                for (var i = 0; i < results.Length; i++)
                {
                    using var result = results[i];
                    var output = outputs[i] ??= context.Allocate(i, Shape.Vector(count).Concat(result.Shape));
                    if (output.Shape.Slice(1) != result.Shape || !shapes[i].IsCompatibleWith(result.Shape))
                        throw EngineException.InvalidArgument($"Mismatch in function retval shape, {result.Shape}, and expected output shape, {output.Shape.Slice(1)}.");
                    using var target = output.Rows(row, 1);
                    target.CopyFrom(result);
                }
            }
        }

        private long Count(KernelContext context)
        {
            var count = -1L;
            for (var i = 0; i < rows; i++)
            {
                var shape = context.Input(i).Shape;
                if (shape.Rank == 0)
                    throw EngineException.InvalidArgument($"All inputs must have rank at least 1. Input {i} has a rank of 0.");
                if (count >= 0 && shape[0] != count)
                {
                    throw EngineException.InvalidArgument(
                        $"All inputs must have the same dimension 0. Input {i} has leading dimension {shape[0]}, while all previous inputs have leading dimension {count}");
                }
                count = shape[0];
            }
            return count;
        }
    }
}
