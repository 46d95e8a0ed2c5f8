namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Sizes of images that are scaled while they are decoded.</summary>
internal static class JpegSize
{
    /// <summary>The size of the whole output; sets what each component's blocks become.</summary>
    public static (int Width, int Height) Scaled(JpegFrame frame, int ratio)
    {
        var smallest = 8 / ratio;
        foreach (var c in frame.Components)
        {
            // A subsampled component is scaled less instead of being enlarged afterwards.
            var size = smallest;
            while (size < 8 && frame.MaxHorizontal * smallest % (c.Horizontal * size * 2) == 0 && frame.MaxVertical * smallest % (c.Vertical * size * 2) == 0)
                size *= 2;
            c.BlockSize = size;
        }
        return (JpegFrame.DivideUp(frame.Width, ratio), JpegFrame.DivideUp(frame.Height, ratio));
    }

    /// <summary>The dimensions of an image, or an error; decodes nothing.</summary>
    public static (int Height, int Width, int Channels) Read(byte[] data)
    {
        var reader = new JpegReader(new JpegInput(data, recover: false));
        try
        {
            reader.ReadStart();
            _ = reader.ReadToScan() ?? throw JpegError.Invalid("no image");
        }
        catch (JpegSuspendedException)
        {
            throw JpegError.Invalid("the data ends early");
        }
        return (reader.Frame!.Height, reader.Frame.Width, reader.Frame.Components.Length);
    }
}
