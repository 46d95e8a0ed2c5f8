using Engine.Graphs;

namespace Engine.Io;

/// <summary>Makes and checks signatures (<c>tf.saved_model.signature_def_utils</c>).</summary>
public static class SignatureDefUtils
{
    /// <summary>A signature of any method.</summary>
    public static SignatureDef BuildSignatureDef(IReadOnlyDictionary<string, TensorInfo>? inputs = null, IReadOnlyDictionary<string, TensorInfo>? outputs = null,
        string methodName = "", IReadOnlyDictionary<string, Tensor>? defaults = null) => new()
        {
            Inputs = inputs ?? new Dictionary<string, TensorInfo>(),
            Outputs = outputs ?? new Dictionary<string, TensorInfo>(),
            MethodName = methodName,
            Defaults = defaults ?? new Dictionary<string, Tensor>(),
        };

    /// <summary>A signature for classification: serialized examples in, classes or scores or both out.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for other types than strings, strings and float32, or without an output.</exception>
    public static SignatureDef ClassificationSignatureDef(Value examples, Value? classes, Value? scores)
    {
        Require(examples, DType.String, "Classification examples");
        if (classes is null && scores is null)
            throw EngineException.InvalidArgument("Classification needs classes or scores.");
        var outputs = new Dictionary<string, TensorInfo>();
        if (classes is { } c)
            outputs[SignatureConstants.ClassifyOutputClasses] = Require(c, DType.String, "Classification classes");
        if (scores is { } s)
            outputs[SignatureConstants.ClassifyOutputScores] = Require(s, DType.Float32, "Classification scores");
        return BuildSignatureDef(new Dictionary<string, TensorInfo> { [SignatureConstants.ClassifyInputs] = TensorInfo.Build(examples) }, outputs,
            SignatureConstants.ClassifyMethodName);
    }

    /// <summary>A signature for regression: serialized examples in, numbers out.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for other types than strings and float32.</exception>
    public static SignatureDef RegressionSignatureDef(Value examples, Value predictions) => BuildSignatureDef(
        new Dictionary<string, TensorInfo> { [SignatureConstants.RegressInputs] = Require(examples, DType.String, "Regression examples") },
        new Dictionary<string, TensorInfo> { [SignatureConstants.RegressOutputs] = Require(predictions, DType.Float32, "Regression predictions") },
        SignatureConstants.RegressMethodName);

    /// <summary>A signature for prediction: any tensors in, any out.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT without inputs or without outputs.</exception>
    public static SignatureDef PredictSignatureDef(IReadOnlyDictionary<string, Value> inputs, IReadOnlyDictionary<string, Value> outputs)
        => inputs.Count > 0 && outputs.Count > 0
            ? BuildSignatureDef(Infos(inputs), Infos(outputs), SignatureConstants.PredictMethodName)
            : throw EngineException.InvalidArgument("Prediction needs inputs and outputs.");

    /// <summary>A signature for training: inputs and labels in, loss, predictions and metrics out.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT without inputs.</exception>
    public static SignatureDef SupervisedTrainSignatureDef(IReadOnlyDictionary<string, Value> inputs, IReadOnlyDictionary<string, Value> loss,
        IReadOnlyDictionary<string, Value>? predictions = null, IReadOnlyDictionary<string, Value>? metrics = null)
        => Supervised(SignatureConstants.SupervisedTrainMethodName, inputs, loss, predictions, metrics);

    /// <summary>A signature for evaluation: inputs and labels in, loss, predictions and metrics out.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT without inputs.</exception>
    public static SignatureDef SupervisedEvalSignatureDef(IReadOnlyDictionary<string, Value> inputs, IReadOnlyDictionary<string, Value> loss,
        IReadOnlyDictionary<string, Value>? predictions = null, IReadOnlyDictionary<string, Value>? metrics = null)
        => Supervised(SignatureConstants.SupervisedEvalMethodName, inputs, loss, predictions, metrics);

    /// <summary>A signature that names an operation under a key, as loaders look for init ops.</summary>
    public static SignatureDef OpSignatureDef(Node node, string key)
        => BuildSignatureDef(outputs: new Dictionary<string, TensorInfo> { [key] = TensorInfo.BuildFromOp(node) });

    /// <summary>The operation that a signature names under a key.</summary>
    /// <exception cref="EngineException">NOT_FOUND.</exception>
    public static Node LoadOpFromSignatureDef(SignatureDef signature, string key, Graph graph, string? importScope = null)
    {
        if (!signature.Outputs.TryGetValue(key, out var info))
            throw EngineException.NotFound($"The signature has no output '{key}'.");
        var name = MetaGraph.OperationName(info.Name);
        return graph.NodeByName(string.IsNullOrEmpty(importScope) ? name : $"{importScope}/{name}");
    }

    /// <summary>Whether TensorFlow Serving can serve it: as classification, regression or prediction.</summary>
    public static bool IsValidSignature(SignatureDef? signature) => signature?.MethodName switch
    {
        SignatureConstants.ClassifyMethodName => Takes(signature, SignatureConstants.ClassifyInputs)
            && signature.Outputs.Count > 0
            && signature.Outputs.All(o => o.Key switch
            {
                SignatureConstants.ClassifyOutputClasses => o.Value.Type == DType.String,
                SignatureConstants.ClassifyOutputScores => o.Value.Type == DType.Float32,
                _ => false,
            }),
        SignatureConstants.RegressMethodName => Takes(signature, SignatureConstants.RegressInputs)
            && signature.Outputs.Count == 1
            && signature.Outputs.TryGetValue(SignatureConstants.RegressOutputs, out var output) && output.Type == DType.Float32,
        SignatureConstants.PredictMethodName => signature.Inputs.Count > 0 && signature.Outputs.Count > 0,
        _ => false,
    };

    private static bool Takes(SignatureDef signature, string input)
        => signature.Inputs.Count == 1 && signature.Inputs.TryGetValue(input, out var examples) && examples.Type == DType.String;

    private static SignatureDef Supervised(string method, IReadOnlyDictionary<string, Value> inputs, params IReadOnlyDictionary<string, Value>?[] outputs)
    {
        if (inputs.Count == 0)
            throw EngineException.InvalidArgument($"{method} needs inputs.");
        var all = new Dictionary<string, TensorInfo>();
        foreach (var (name, value) in outputs.OfType<IReadOnlyDictionary<string, Value>>().SelectMany(o => o))
            all[name] = TensorInfo.Build(value);
        return BuildSignatureDef(Infos(inputs), all, method);
    }

    private static TensorInfo Require(Value value, DType type, string what) => value.Type.Base() == type
        ? TensorInfo.Build(value)
        : throw EngineException.InvalidArgument($"{what} must be {type.Name()}, but {value.Name} is {value.Type.Name()}.");

    private static Dictionary<string, TensorInfo> Infos(IReadOnlyDictionary<string, Value> values) => values.ToDictionary(v => v.Key, v => TensorInfo.Build(v.Value));
}
