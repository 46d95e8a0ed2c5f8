namespace Engine.Io;

/// <summary>Common tags of the graphs of a SavedModel (<c>tf.saved_model.tag_constants</c>).</summary>
public static class TagConstants
{
    /// <summary>For serving.</summary>
    public const string Serving = "serve";

    /// <summary>For training.</summary>
    public const string Training = "train";

    /// <summary>For evaluation.</summary>
    public const string Eval = "eval";

    /// <summary>For graphics processors.</summary>
    public const string Gpu = "gpu";

    /// <summary>For tensor processors.</summary>
    public const string Tpu = "tpu";
}
