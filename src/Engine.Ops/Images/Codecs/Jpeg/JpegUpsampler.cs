namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Brings the components of a frame to the size of the output, row by row and in the window alone.</summary>
internal sealed class JpegUpsampler
{
    private readonly Plane?[] planes;
    private readonly int top;

    /// <param name="frame">The frame, its block sizes set.</param>
    /// <param name="options">Whether to interpolate.</param>
    /// <param name="fullWidth">Width of the whole output.</param>
    /// <param name="crop">The window.</param>
    public JpegUpsampler(JpegFrame frame, JpegOptions options, int fullWidth, (int Y, int X, int Height, int Width) crop)
    {
        var smallest = 8 / options.Ratio;
        RowsPerMcu = smallest * frame.MaxVertical;
        top = crop.Y;
        // The samples in sight begin at a whole MCU left of the window and end with the window: interpolation sees nothing beyond.
        var align = frame.Components.Length == 1 ? smallest : smallest * frame.MaxHorizontal;
        var left = crop.Width == fullWidth ? 0 : crop.X / align * align;
        var width = crop.X + crop.Width - left;
        Offset = crop.X - left;
        planes = new Plane?[frame.Components.Length];
        var isNarrow = frame.Components.Any(c => Downsampled(c, width) < 2 && Downsampled(c, fullWidth) >= 2);
        for (var i = 0; i < planes.Length; i++)
        {
            var c = frame.Components[i];
            if (!c.IsNeeded)
                continue;
            var across = c.Horizontal * c.BlockSize / smallest;
            var down = c.Vertical * c.BlockSize / smallest;
            if (frame.MaxHorizontal % across != 0 || frame.MaxVertical % down != 0)
                throw JpegError.Invalid("fractional sampling factors");
            var (expandX, expandY) = (frame.MaxHorizontal / across, frame.MaxVertical / down);
            var interpolates = options.SmoothUpsampling && smallest > 1;
            var whole = interpolates && (expandX, expandY) switch
            {
                (2, 1) or (2, 2) => Downsampled(c, fullWidth) > 2,
                (1, 2) => true,
                _ => false,
            };
            NeedsContext |= whole && expandY == 2;
            if (isNarrow && expandX == 2)
                whole &= Downsampled(c, width) > 2;
            var height = JpegFrame.DivideUp((long)frame.Height * c.Vertical * c.BlockSize, frame.MaxVertical * 8);
            planes[i] = new Plane(c, expandX, expandY, whole, left / expandX, Downsampled(c, width), height);
        }

        int Downsampled(JpegComponent c, int of) => JpegFrame.DivideUp((long)of * c.Horizontal * c.BlockSize, frame.MaxHorizontal * smallest);
    }

    /// <summary>Output rows of one row of MCUs.</summary>
    public int RowsPerMcu { get; }

    /// <summary>Whether a row may need samples of the next row of MCUs.</summary>
    public bool NeedsContext { get; }

    /// <summary>Where the window begins in the rows.</summary>
    public int Offset { get; }

    /// <summary>Computes row <paramref name="y"/> of the window in every component.</summary>
    public void Row(int y)
    {
        foreach (var plane in planes)
            plane?.Expand(top + y);
    }

    /// <summary>The current row of a component, from the window's first pixel on.</summary>
    public ReadOnlySpan<byte> this[int component] => planes[component]!.Row.AsSpan(Offset);

    private sealed class Plane(JpegComponent component, int expandX, int expandY, bool interpolates, int left, int width, int height)
    {
        private readonly int[] sums = new int[width];

        public byte[] Row { get; } = new byte[width * expandX];

        public void Expand(int y)
        {
            if (!interpolates)
                Replicate(Samples(y / expandY));
            else if (expandY == 1)
                Widen(Samples(y));
            else
                InterpolateRows(y);
        }

        private ReadOnlySpan<byte> Samples(int y)
            => component.Samples.AsSpan((Math.Clamp(y, 0, height - 1) * component.SampleStride) + left, width);

        private void Replicate(ReadOnlySpan<byte> from)
        {
            if (expandX == 1)
            {
                from.CopyTo(Row);
                return;
            }
            for (var x = 0; x < width; x++)
                Row.AsSpan(x * expandX, expandX).Fill(from[x]);
        }

        /// <summary>Twice as wide: three quarters of the nearer sample, one of the further, rounded up and down by turns.</summary>
        private void Widen(ReadOnlySpan<byte> from)
        {
            var last = width - 1;
            for (var x = 0; x <= last; x++)
            {
                Row[2 * x] = x == 0 ? from[0] : (byte)(((from[x] * 3) + from[x - 1] + 1) >> 2);
                Row[(2 * x) + 1] = x == last ? from[last] : (byte)(((from[x] * 3) + from[x + 1] + 2) >> 2);
            }
        }

        private void InterpolateRows(int y)
        {
            var near = Samples(y / 2);
            var far = Samples((y / 2) + ((y & 1) == 0 ? -1 : 1));
            if (expandX == 1)
            {
                var bias = (y & 1) == 0 ? 1 : 2;
                for (var x = 0; x < width; x++)
                    Row[x] = (byte)(((near[x] * 3) + far[x] + bias) >> 2);
                return;
            }
            for (var x = 0; x < width; x++)
                sums[x] = (near[x] * 3) + far[x];
            var last = width - 1;
            for (var x = 0; x <= last; x++)
            {
                Row[2 * x] = (byte)(((sums[x] * 3) + sums[Math.Max(x - 1, 0)] + 8) >> 4);
                Row[(2 * x) + 1] = (byte)(((sums[x] * 3) + sums[Math.Min(x + 1, last)] + 7) >> 4);
            }
        }
    }
}
