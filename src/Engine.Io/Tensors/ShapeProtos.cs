namespace Engine.Io.Tensors;

/// <summary>Shapes as messages: an empty <c>Dim</c> is a dimension of 0, a size of -1 an unknown one.</summary>
internal static class ShapeProtos
{
    /// <summary>The shape of a tensor. An absent message is a scalar, and so is an unknown rank.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for negative dimensions, too many of them or too many elements.</exception>
    internal static Shape ToShape(Protos.TensorShapeProto? proto)
    {
        if (proto is null || proto.UnknownRank)
            return Shape.Scalar;
        return new Shape(Dims(proto));
    }

    /// <summary>A shape of which parts may be unknown. An absent message is a scalar.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for dimensions below -1 or too many of them.</exception>
    internal static PartialShape ToPartialShape(Protos.TensorShapeProto? proto)
    {
        if (proto is null)
            return PartialShape.Scalar;
        return proto.UnknownRank ? PartialShape.Unknown : new PartialShape(Dims(proto));
    }

    internal static Protos.TensorShapeProto ToProto(PartialShape shape)
    {
        var proto = new Protos.TensorShapeProto { UnknownRank = !shape.HasRank };
        foreach (var d in shape.Dims)
            proto.Dim.Add(new Protos.TensorShapeProto.Types.Dim { Size = d });
        return proto;
    }

    private static long[] Dims(Protos.TensorShapeProto proto)
    {
        if (proto.Dim.Count > Shape.MaxRank)
            throw EngineException.InvalidArgument($"A shape has at most {Shape.MaxRank} dimensions, not {proto.Dim.Count}.");
        var dims = new long[proto.Dim.Count];
        for (var i = 0; i < dims.Length; i++)
            dims[i] = proto.Dim[i].Size;
        return dims;
    }
}
