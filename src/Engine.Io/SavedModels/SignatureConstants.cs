namespace Engine.Io;

/// <summary>Names in signatures (<c>tf.saved_model.signature_constants</c>).</summary>
public static class SignatureConstants
{
    /// <summary>The key of the signature that is used where none is named.</summary>
    public const string DefaultServingSignatureDefKey = "serving_default";

    /// <summary>The method of classification.</summary>
    public const string ClassifyMethodName = "tensorflow/serving/classify";

    /// <summary>The input of classification: serialized examples.</summary>
    public const string ClassifyInputs = "inputs";

    /// <summary>The output of classification that names classes.</summary>
    public const string ClassifyOutputClasses = "classes";

    /// <summary>The output of classification with scores.</summary>
    public const string ClassifyOutputScores = "scores";

    /// <summary>The method of prediction.</summary>
    public const string PredictMethodName = "tensorflow/serving/predict";

    /// <summary>The usual input of prediction.</summary>
    public const string PredictInputs = "inputs";

    /// <summary>The usual output of prediction.</summary>
    public const string PredictOutputs = "outputs";

    /// <summary>The method of regression.</summary>
    public const string RegressMethodName = "tensorflow/serving/regress";

    /// <summary>The input of regression: serialized examples.</summary>
    public const string RegressInputs = "inputs";

    /// <summary>The output of regression.</summary>
    public const string RegressOutputs = "outputs";

    /// <summary>The method of training with labels.</summary>
    public const string SupervisedTrainMethodName = "tensorflow/supervised/training";

    /// <summary>The method of evaluation with labels.</summary>
    public const string SupervisedEvalMethodName = "tensorflow/supervised/eval";
}
