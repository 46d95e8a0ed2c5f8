namespace Engine.Ops.Images;

/// <summary>What lies beyond the edges of an image.</summary>
internal enum FillMode
{
    /// <summary>A fill value.</summary>
    Constant,

    /// <summary>The mirror image, edge pixels twice.</summary>
    Reflect,

    /// <summary>The image again.</summary>
    Wrap,

    /// <summary>The edge pixel.</summary>
    Nearest,
}

/// <summary>Positions beyond the edges.</summary>
internal static class FillModes
{
    /// <summary>The position within an image of <paramref name="length"/> pixels that stands for <paramref name="position"/>.</summary>
    public static float Map(this FillMode mode, float position, long length)
    {
        if (mode == FillMode.Constant)
            return position;
        if (mode == FillMode.Reflect && length > 1)
            position = Reflect(position, length);
        else if (mode == FillMode.Wrap && length > 1)
            position = Wrap(position, length);
        return position < 0 ? 0 : position > length - 1 ? length - 1 : position;
    }

    private static float Reflect(float position, long length)
    {
        var period = 2 * length;
        if (position < 0)
        {
            if (position < period)
                position = (period * Whole(-position / period)) + position;
            return position < -length ? position + period : -position - 1;
        }
        if (position <= length - 1)
            return position;
        position -= period * Whole(position / period);
        return position >= length ? period - position - 1 : position;
    }

    private static float Wrap(float position, long length)
    {
        if (position < 0)
            return position + (length * (Whole(-position / (length - 1)) + 1));
        return position > length - 1 ? position - (length * Whole(position / (length - 1))) : position;
    }

    private static float Whole(float quotient) => MathF.Truncate(quotient);
}
