using Engine.Io.Files;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Writes a file; folders that are missing are made.</summary>
[Op("WriteFile")]
internal sealed class WriteFile : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        c.Input(1, 0);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var path = StringArguments.Path(context, 0, "filename");
        var contents = StringArguments.Scalar(context, 1, "contents");
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            File.WriteAllBytes(path, contents);
        }
        catch (Exception e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw Directory.Exists(path) ? new InvalidModelException(StatusCode.FailedPrecondition, path, "this is a folder, not a file.", inner: e) : converted;
        }
    });
}
