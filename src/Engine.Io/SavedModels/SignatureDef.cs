using Engine.Io.Tensors;

namespace Engine.Io;

/// <summary>What a graph can be asked: tensors under names that callers know, and a method (<c>tensorflow.SignatureDef</c>).</summary>
public sealed record SignatureDef
{
    /// <summary>Inputs by name.</summary>
    public IReadOnlyDictionary<string, TensorInfo> Inputs { get; init; } = new Dictionary<string, TensorInfo>();

    /// <summary>Outputs by name.</summary>
    public IReadOnlyDictionary<string, TensorInfo> Outputs { get; init; } = new Dictionary<string, TensorInfo>();

    /// <summary>The method: one of <see cref="SignatureConstants"/>, or any other.</summary>
    public string MethodName { get; init; } = "";

    /// <summary>Values of inputs that may be left out.</summary>
    public IReadOnlyDictionary<string, Tensor> Defaults { get; init; } = new Dictionary<string, Tensor>();

    internal static SignatureDef FromProto(Protos.SignatureDef p) => new()
    {
        Inputs = Sorted(p.Inputs),
        Outputs = Sorted(p.Outputs),
        MethodName = p.MethodName,
        Defaults = p.Defaults.ToDictionary(d => d.Key, d => new TensorDecoder().Decode(d.Value)),
    };

    internal Protos.SignatureDef ToProto()
    {
        var p = new Protos.SignatureDef { MethodName = MethodName };
        foreach (var (name, info) in Inputs.OrderBy(i => i.Key, StringComparer.Ordinal))
            p.Inputs[name] = info.Proto;
        foreach (var (name, info) in Outputs.OrderBy(o => o.Key, StringComparer.Ordinal))
            p.Outputs[name] = info.Proto;
        foreach (var (name, value) in Defaults.OrderBy(d => d.Key, StringComparer.Ordinal))
            p.Defaults[name] = TensorEncoder.Encode(value);
        return p;
    }

    private static SortedDictionary<string, TensorInfo> Sorted(IEnumerable<KeyValuePair<string, Protos.TensorInfo>> infos)
        => new(infos.ToDictionary(i => i.Key, i => TensorInfo.FromProto(i.Value)), StringComparer.Ordinal);
}
