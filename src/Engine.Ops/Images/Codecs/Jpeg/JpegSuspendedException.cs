namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>The data ended inside a unit of the format; what was decoded before it stands.</summary>
internal sealed class JpegSuspendedException() : Exception("The JPEG data ends early.");
