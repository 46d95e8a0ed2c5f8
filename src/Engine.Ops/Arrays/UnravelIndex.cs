using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Flat indices as coordinates: a column for each, a row for each dimension.</summary>
[Op("UnravelIndex")]
internal sealed class UnravelIndex : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (indices, dims) = (c.Input(0), c.WithRank(c.Input(1), 1));
        if (indices.HasRank)
            c.SetOutput(0, indices.Rank == 0 ? dims : new PartialShape(dims[0], indices.Count));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var (tensor, dims) = (context.Input(0), IndexTensor.Vector(context.Input(1), "dims"));
        if (tensor.Rank > 1)
            throw EngineException.InvalidArgument($"The indices can only be scalar or vector got shape {tensor.Shape}");
        var size = 1L;
        foreach (var d in dims)
            size = d > 0 ? Dimensions.Multiply(size, d) : throw EngineException.InvalidArgument($"Input dims cannot contain a dim of {d}");
        if (size > int.MaxValue && tensor.Type == DType.Int32)
            throw EngineException.InvalidArgument("Input dims product is causing integer overflow");
        var indices = IndexTensor.Read(tensor);
        var coordinates = new long[Dimensions.Multiply(dims.Length, indices.Length)];
        for (var i = 0; i < indices.Length; i++)
        {
            var rest = indices[i];
            // Negative indices give negative coordinates, as TensorFlow's do.
            if (rest >= size)
                throw EngineException.InvalidArgument($"index {rest} is out of bound as with dims [{string.Join(',', dims)}]");
            for (var d = dims.Length - 1; d >= 0; d--)
                (rest, coordinates[d * indices.Length + i]) = Math.DivRem(rest, dims[d]);
        }
        IndexTensor.Write(coordinates, context.Allocate(0, tensor.Rank == 0 ? Shape.Vector(dims.Length) : Shape.Matrix(dims.Length, indices.Length)));
    });
}
