using Engine.Graphs;
using Engine.Io.Tensors;
using Engine.Variables;

namespace Engine.Io;

/// <summary>
/// An input or output of a signature (<c>tensorflow.TensorInfo</c>): a tensor of the graph by name, a sparse one of three, or a composite one of several.
/// </summary>
public sealed class TensorInfo
{
    private TensorInfo(Protos.TensorInfo proto) => Proto = proto;

    /// <summary>The tensor's name; "" for a sparse or composite one.</summary>
    public string Name => Proto.Name;

    /// <summary>The element type; Invalid for an operation.</summary>
    public DType Type => (DType)(int)Proto.Dtype;

    /// <summary>The shape; of a sparse one that of the dense tensor it stands for.</summary>
    public PartialShape Shape => ShapeProtos.ToPartialShape(Proto.TensorShape);

    /// <summary>Whether it is a sparse tensor in coordinates.</summary>
    public bool IsSparse => Proto.EncodingCase == Protos.TensorInfo.EncodingOneofCase.CooSparse;

    /// <summary>Whether it is a composite tensor.</summary>
    public bool IsComposite => Proto.EncodingCase == Protos.TensorInfo.EncodingOneofCase.CompositeTensor;

    /// <summary>The parts of a composite tensor; none for others.</summary>
    public IReadOnlyList<TensorInfo> Components => [.. (Proto.CompositeTensor?.Components ?? []).Select(c => new TensorInfo(c))];

    /// <summary>The names of all tensors it is made of; of a sparse one indices, values and dense shape.</summary>
    public IReadOnlyList<string> TensorNames => Proto.EncodingCase switch
    {
        Protos.TensorInfo.EncodingOneofCase.CooSparse =>
            [Proto.CooSparse.IndicesTensorName, Proto.CooSparse.ValuesTensorName, Proto.CooSparse.DenseShapeTensorName],
        Protos.TensorInfo.EncodingOneofCase.CompositeTensor => [.. Components.SelectMany(c => c.TensorNames)],
        _ => [Proto.Name],
    };

    internal Protos.TensorInfo Proto { get; }

    /// <summary>A tensor (<c>build_tensor_info</c>).</summary>
    public static TensorInfo Build(Value tensor) => new(new()
    {
        Name = tensor.Name,
        Dtype = (Protos.DataType)(int)tensor.Type.Base(),
        TensorShape = ShapeProtos.ToProto(tensor.Shape),
    });

    /// <summary>A variable: its value.</summary>
    public static TensorInfo Build(GraphVariable variable) => Build(variable.Snapshot);

    /// <summary>A sparse tensor.</summary>
    /// <param name="indices">Coordinates, <c>[values, rank]</c>.</param>
    /// <param name="values">Values.</param>
    /// <param name="denseShape">The dense shape, <c>[rank]</c>.</param>
    public static TensorInfo BuildSparse(Value indices, Value values, Value denseShape) => new(new()
    {
        Dtype = (Protos.DataType)(int)values.Type.Base(),
        TensorShape = ShapeProtos.ToProto(DenseShape(denseShape)),
        CooSparse = new() { IndicesTensorName = indices.Name, ValuesTensorName = values.Name, DenseShapeTensorName = denseShape.Name },
    });

    /// <summary>A ragged tensor: rows of different lengths, in one or more dimensions.</summary>
    /// <param name="flatValues">All values.</param>
    /// <param name="rowSplits">Where rows begin and end, the outermost dimension first.</param>
    public static TensorInfo BuildRagged(Value flatValues, params IReadOnlyList<Value> rowSplits)
    {
        var rows = rowSplits[0].Shape[0] is >= 1 and var splits ? splits - 1 : -1;
        var shape = new PartialShape([rows, .. Enumerable.Repeat(-1L, rowSplits.Count), .. flatValues.Shape.Slice(Math.Min(1, Math.Max(0, flatValues.Rank))).Dims.ToArray()]);
        var state = new Protos.TupleValue();
        state.Values.Add(new Protos.StructuredValue { TensorShapeValue = ShapeProtos.ToProto(flatValues.Shape.HasRank ? shape : PartialShape.Unknown) });
        state.Values.Add(new Protos.StructuredValue { TensorDtypeValue = (Protos.DataType)(int)flatValues.Type });
        state.Values.Add(new Protos.StructuredValue { Int64Value = rowSplits.Count });
        state.Values.Add(new Protos.StructuredValue { TensorDtypeValue = (Protos.DataType)(int)rowSplits[0].Type });
        var composite = new Protos.TensorInfo.Types.CompositeTensor
        {
            TypeSpec = new()
            {
                TypeSpecClass = Protos.TypeSpecProto.Types.TypeSpecClass.RaggedTensorSpec,
                TypeSpecClassName = "RaggedTensorSpec",
                TypeState = new() { TupleValue = state },
                NumFlatComponents = rowSplits.Count + 1,
            },
        };
        composite.Components.Add(Build(flatValues).Proto);
        composite.Components.Add(rowSplits.Select(s => Build(s).Proto));
        return new(new() { CompositeTensor = composite });
    }

    /// <summary>An operation, as signatures of init and training ops have it.</summary>
    public static TensorInfo BuildFromOp(Node node) => new(new() { Name = node.Name, TensorShape = new() { UnknownRank = true } });

    /// <summary>The tensors of a graph that it is made of (<c>get_tensor_from_tensor_info</c>); of a sparse one indices, values and dense shape.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="importScope">The scope of names the graph was imported under.</param>
    /// <exception cref="EngineException">NOT_FOUND; INVALID_ARGUMENT when it says no name.</exception>
    public IReadOnlyList<Value> GetTensors(Graph graph, string? importScope = null)
    {
        if (Proto.EncodingCase == Protos.TensorInfo.EncodingOneofCase.None)
            throw EngineException.InvalidArgument("The TensorInfo names no tensor.");
        return [.. TensorNames.Select(n => graph.ValueByName(string.IsNullOrEmpty(importScope) ? n : $"{importScope}/{n}"))];
    }

    /// <summary>Name, type and shape.</summary>
    public override string ToString() => $"{string.Join(" + ", TensorNames)}: {Type.Name()}{Shape}";

    internal static TensorInfo FromProto(Protos.TensorInfo proto) => new(proto);

    // What is known of the shape vector tells the dense shape: a constant all of it, else its length the rank.
    private static PartialShape DenseShape(Value vector)
    {
        if (vector.Node is { Op: "Const" } node && node.Attr("value").AsTensor() is { Type: DType.Int64, Rank: 1 } known)
            return new PartialShape(known.AsSpan<long>());
        return vector.Shape is { Rank: 1 } shape && shape[0] >= 0 ? PartialShape.OfRank((int)shape[0]) : PartialShape.Unknown;
    }
}
