using Engine.Io.Tensors;

namespace Engine.Io.SavedModels;

/// <summary>Signatures from their messages.</summary>
internal static class SignatureReader
{
    internal static SortedDictionary<string, Signature> ReadAll(Protos.MetaGraphDef graph)
    {
        var signatures = new SortedDictionary<string, Signature>(StringComparer.Ordinal);
        foreach (var (key, proto) in graph.SignatureDef)
            signatures[key] = Read(key, proto);
        return signatures;
    }

    private static Signature Read(string key, Protos.SignatureDef proto)
    {
        var defaults = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, value) in proto.Defaults)
            defaults[name] = new TensorDecoder().Decode(value);
        return new(key, proto.MethodName, Flatten(proto.Inputs), Flatten(proto.Outputs), defaults);
    }

    private static SortedDictionary<string, SignatureTensor> Flatten(IEnumerable<KeyValuePair<string, Protos.TensorInfo>> infos)
    {
        var flat = new SortedDictionary<string, SignatureTensor>(StringComparer.Ordinal);
        foreach (var (key, info) in infos)
        {
            switch (info.EncodingCase)
            {
                case Protos.TensorInfo.EncodingOneofCase.CooSparse:
                    flat[key + ":indices"] = new(info.CooSparse.IndicesTensorName, DType.Int64, PartialShape.OfRank(2));
                    flat[key + ":values"] = new(info.CooSparse.ValuesTensorName, (DType)info.Dtype, PartialShape.OfRank(1));
                    flat[key + ":dense_shape"] = new(info.CooSparse.DenseShapeTensorName, DType.Int64, PartialShape.OfRank(1));
                    break;
                case Protos.TensorInfo.EncodingOneofCase.CompositeTensor:
                    for (var i = 0; i < info.CompositeTensor.Components.Count; i++)
                        flat[$"{key}:{i}"] = Dense(info.CompositeTensor.Components[i]);
                    break;
                default:
                    flat[key] = Dense(info);
                    break;
            }
        }
        return flat;
    }

    private static SignatureTensor Dense(Protos.TensorInfo info) => new(info.Name, (DType)info.Dtype, info.TensorShape is { } shape ? ShapeProtos.ToPartialShape(shape) : PartialShape.Scalar);
}
