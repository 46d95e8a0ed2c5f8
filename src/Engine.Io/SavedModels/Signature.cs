namespace Engine.Io;

/// <summary>
/// A signature of a SavedModel: tensors of the graph under names that callers know. A sparse input <c>k</c> is three tensors, <c>k:indices</c>,
/// <c>k:values</c> and <c>k:dense_shape</c>; a composite one its components, <c>k:0</c>, <c>k:1</c>, …
/// </summary>
public sealed class Signature
{
    internal Signature(string key, string methodName, IReadOnlyDictionary<string, SignatureTensor> inputs, IReadOnlyDictionary<string, SignatureTensor> outputs,
        IReadOnlyDictionary<string, Tensor> defaults)
    {
        Key = key;
        MethodName = methodName;
        Inputs = inputs;
        Outputs = outputs;
        Defaults = defaults;
    }

    /// <summary>The key in the model, <c>serving_default</c> for the usual one.</summary>
    public string Key { get; }

    /// <summary>The method, <c>tensorflow/serving/predict</c> for most.</summary>
    public string MethodName { get; }

    /// <summary>Inputs by name, sorted.</summary>
    public IReadOnlyDictionary<string, SignatureTensor> Inputs { get; }

    /// <summary>Outputs by name, sorted.</summary>
    public IReadOnlyDictionary<string, SignatureTensor> Outputs { get; }

    /// <summary>Values of inputs that are not fed.</summary>
    public IReadOnlyDictionary<string, Tensor> Defaults { get; }

    /// <summary>Key, inputs and outputs.</summary>
    public override string ToString() => $"{Key}({string.Join(", ", Inputs.Select(i => $"{i.Key}: {i.Value.Type.Name()}{i.Value.Shape}"))})"
        + $" -> ({string.Join(", ", Outputs.Select(o => $"{o.Key}: {o.Value.Type.Name()}{o.Value.Shape}"))})";
}
