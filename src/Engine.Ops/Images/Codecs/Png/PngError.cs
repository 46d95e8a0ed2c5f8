namespace Engine.Ops.Images.Codecs.Png;

internal static class PngError
{
    /// <summary>INVALID_ARGUMENT for data that is no PNG image.</summary>
    public static EngineException Invalid(string why) => EngineException.InvalidArgument($"Invalid PNG data: {why}");
}
