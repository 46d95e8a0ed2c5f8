using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Rows one after the other, in a result of a shape that is known beforehand; rows that no value gives are zero.</summary>
[Op("ParallelConcat")]
internal sealed class ParallelConcat : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Attr("shape").AsShape();
        if (!shape.IsFullyKnown)
            throw c.Fail("shape attr must be fully defined.");
        if (shape.Rank == 0)
            throw c.Fail("shape attr must have at least one dimension.");
        for (var i = 0; i < c.InputCount; i++)
            c.Input(i).Merge(PartialShape.Vector(1).Concat(shape.Slice(1)));
        c.SetOutput(0, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain | TypeGroups.String);
        var wanted = node.Shape("shape");
        if (!wanted.IsFullyKnown || wanted.Rank == 0)
            throw node.Fail($"The shape {wanted} must be fully defined and have a dimension.");
        var shape = wanted.ToShape();
        var row = shape.With(0, 1);
        return Kernel.From(context =>
        {
            if (context.InputCount > shape[0])
                throw EngineException.InvalidArgument($"{context.InputCount} values do not fit shape {shape}");
            var result = context.AllocateZeros(0, shape);
            for (var i = 0; i < context.InputCount; i++)
            {
                var value = context.Input(i);
                if (value.Shape != row)
                    throw EngineException.InvalidArgument($"Value {i} must have shape {row}, not {value.Shape}");
                StridedCopy.Run(context.Workers, [row.Count], value, 0, [1], result, i * row.Count, [1]);
            }
        });
    }
}
