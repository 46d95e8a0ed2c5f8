namespace Engine.Io;

/// <summary>Names of files, folders and collections of a SavedModel (<c>tf.saved_model.constants</c>).</summary>
public static class SavedModelConstants
{
    /// <summary>The version of the format.</summary>
    public const int SavedModelSchemaVersion = 1;

    /// <summary>The binary file.</summary>
    public const string SavedModelFilenamePb = "saved_model.pb";

    /// <summary>The text file.</summary>
    public const string SavedModelFilenamePbtxt = "saved_model.pbtxt";

    /// <summary>The file that identifies the contents; never needed.</summary>
    public const string FingerprintFilename = "fingerprint.pb";

    /// <summary>The folder of files the graph reads.</summary>
    public const string AssetsDirectory = "assets";

    /// <summary>The folder of files that only users of the model read.</summary>
    public const string ExtraAssetsDirectory = "assets.extra";

    /// <summary>The folder of the checkpoint.</summary>
    public const string VariablesDirectory = "variables";

    /// <summary>The prefix of the checkpoint.</summary>
    public const string VariablesFilename = "variables";

    /// <summary>The collection of files the graph reads.</summary>
    public const string AssetsKey = "saved_model_assets";

    /// <summary>The collection of the op that is run after loading, in old exports.</summary>
    public const string LegacyInitOpKey = "legacy_init_op";

    /// <summary>The collection of the op that is run after loading.</summary>
    public const string MainOpKey = "saved_model_main_op";

    /// <summary>The collection of the training op.</summary>
    public const string TrainOpKey = "saved_model_train_op";

    /// <summary>The signature of the op that is run after loading.</summary>
    public const string InitOpSignatureKey = "__saved_model_init_op";

    /// <summary>The signature of the training op.</summary>
    public const string TrainOpSignatureKey = "__saved_model_train_op";
}
