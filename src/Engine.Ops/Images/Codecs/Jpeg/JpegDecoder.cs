namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Decodes a JPEG image, bit for bit as TensorFlow does with libjpeg-turbo.</summary>
internal sealed class JpegDecoder : DecodedImage
{
    private readonly JpegOptions options;
    private readonly JpegReader reader;
    private readonly JpegColorSpace colorSpace;
    private readonly JpegUpsampler upsampler;

    /// <summary>Output rows that were decoded, of those in the window.</summary>
    private int rowsDecoded;

    /// <summary>Reads and decodes all blocks.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for damaged data, options that do not fit the image, too few rows.</exception>
    public JpegDecoder(byte[] data, JpegOptions options)
    {
        this.options = options;
        reader = new JpegReader(new JpegInput(data, options.RecoverTruncated));
        try
        {
            reader.ReadStart();
            var scan = reader.ReadToScan() ?? throw JpegError.Invalid("no image");
            colorSpace = reader.ColorSpace;
            Channels = options.Channels != 0 ? options.Channels : Math.Min(Frame.Components.Length, 3);
            CheckColors();
            var (width, height) = JpegSize.Scaled(Frame, options.Ratio);
            if ((long)width * height * Frame.Components.Length >= 1 << 29)
                throw JpegError.Invalid("image too large");
            var crop = options.Crop ?? (0, 0, height, width);
            if (crop.Y < 0 || crop.X < 0 || crop.Height <= 0 || crop.Width <= 0 || (long)crop.Y + crop.Height > height || (long)crop.X + crop.Width > width)
                throw JpegError.Invalid($"the crop window does not lie in the image of {height} by {width}");
            (Height, Width) = (crop.Height, crop.Width);
            upsampler = new JpegUpsampler(Frame, options, width, crop);
            var isWhole = DecodeBlocks(scan, height, crop.Y);
            // Where rows below the window are left out, the end of the file is not looked at.
            if (isWhole && crop.Y + crop.Height == height && !IsMultiScan(scan))
                ReadEnd();
        }
        catch (JpegSuspendedException)
        {
            throw JpegError.Invalid("the data ends early");
        }
        if ((float)rowsDecoded / Height < RequiredFraction)
            throw JpegError.Invalid($"{rowsDecoded} of {Height} rows could be read");
    }

    private JpegFrame Frame => reader.Frame!;

    private float RequiredFraction => options.AcceptableFraction < 1 ? options.AcceptableFraction : 1;

    /// <summary>Writes the pixels, row by row; rows that are missing become black.</summary>
    public override void Write(Span<byte> pixels)
    {
        var row = Width * Channels;
        var color = new JpegColorConversion(colorSpace, Channels, reader.AdobeTransform >= 0);
        for (var y = 0; y < rowsDecoded; y++)
        {
            upsampler.Row(y);
            color.Convert(upsampler, pixels.Slice(y * row, row));
        }
        pixels[(rowsDecoded * row)..].Clear();
    }

    private bool IsMultiScan(JpegScan first) => Frame.IsProgressive || first.Components.Length < Frame.Components.Length;

    private void CheckColors()
    {
        var isKnown = Channels switch
        {
            1 => colorSpace is JpegColorSpace.Gray or JpegColorSpace.Rgb or JpegColorSpace.YCbCr,
            3 => colorSpace is not JpegColorSpace.Unknown,
            _ => false,
        };
        if (!isKnown)
            throw JpegError.Invalid($"{Frame.Components.Length} components do not become {Channels} channels");
        for (var i = 1; i < Frame.Components.Length; i++)
            Frame.Components[i].IsNeeded = Channels != 1 || colorSpace == JpegColorSpace.Rgb;
    }

    /// <summary>Decodes all blocks and notes how many rows they give; whether these are all.</summary>
    private bool DecodeBlocks(JpegScan scan, int height, int firstRow)
    {
        if (IsMultiScan(scan))
        {
            new JpegCoefficients(reader, options).Decode(scan);
            rowsDecoded = Height;
            return true;
        }
        var mcuRows = new JpegSinglePass(reader, options, scan).Decode(RequiredFraction);
        // Interpolation downwards waits for the rows below.
        var rows = mcuRows == Frame.McusDown ? height : (mcuRows * upsampler.RowsPerMcu) - (upsampler.NeedsContext ? Frame.MaxVertical : 0);
        rowsDecoded = Math.Clamp(rows - firstRow, 0, Height);
        return mcuRows == Frame.McusDown;
    }

    /// <summary>Reads to the end-of-image marker, which must be there.</summary>
    private void ReadEnd()
    {
        try
        {
            if (reader.ReadToScan() is not null)
                throw JpegError.Invalid("a scan after the last");
        }
        catch (JpegSuspendedException)
        {
            // A segment cut short after the image does no harm.
        }
    }
}
