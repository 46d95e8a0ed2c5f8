namespace Engine.Ops.Images.Codecs.Jpeg;

internal static class JpegError
{
    /// <summary>INVALID_ARGUMENT for data that is no JPEG image.</summary>
    public static EngineException Invalid(string why) => EngineException.InvalidArgument($"Invalid JPEG data or crop window: {why}");
}
