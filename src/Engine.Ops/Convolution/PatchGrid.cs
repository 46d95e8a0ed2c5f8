namespace Engine.Ops.Convolution;

/// <summary>
/// Which elements of an image stack the patches of a convolution consist of. Row r of the patch matrix is a point (image, z, y, x) of a
/// grid; its elements are runs of adjacent pixels, whose places relative to the point's are the same for all rows. Outside is zero.
/// </summary>
/// <param name="images">Channels-last stack; the first channel wanted.</param>
/// <param name="size">Pixels of an image in z, y, x.</param>
/// <param name="pixelStride">Distance of adjacent pixels, in elements: all channels.</param>
/// <param name="channels">Channels wanted of each pixel.</param>
/// <param name="grid">Points of the grid in z, y, x.</param>
/// <param name="step">Pixels between adjacent points.</param>
/// <param name="runs">The runs, in the order of the patch's elements.</param>
/// <param name="runPixels">Pixels of each run; more than one only if all channels are wanted.</param>
internal readonly unsafe struct PatchGrid<T>(
    T* images, Triple size, long pixelStride, long channels, Triple grid, Triple step, Triple[] runs, long runPixels)
    where T : unmanaged
{
    public long Channels => channels;

    public long RunPixels => runPixels;

    /// <summary>Elements of a run.</summary>
    public long RunLength => runPixels * channels;

    public int Runs => runs.Length;

    /// <summary>Columns of the patch matrix.</summary>
    public long PatchLength => runs.Length * RunLength;

    /// <summary>The grid point of a row: the image's first element, and the pixel from which runs are counted.</summary>
    public T* Point(long row, out Triple pixel)
    {
        long x = row % grid.X;
        row /= grid.X;
        long y = row % grid.Y;
        row /= grid.Y;
        long z = row % grid.Z;
        row /= grid.Z;
        pixel = new Triple(z * step.Z, y * step.Y, x * step.X);
        return images + (row * size.Z * size.Y * size.X * pixelStride);
    }

    /// <summary>Moves on to the point of the next row.</summary>
    public void Next(ref T* image, ref Triple pixel)
    {
        long z = pixel.Z;
        long y = pixel.Y;
        long x = pixel.X + step.X;
        if (x == grid.X * step.X)
        {
            x = 0;
            y += step.Y;
            if (y == grid.Y * step.Y)
            {
                y = 0;
                z += step.Z;
                if (z == grid.Z * step.Z)
                {
                    z = 0;
                    image += size.Z * size.Y * size.X * pixelStride;
                }
            }
        }

        pixel = new Triple(z, y, x);
    }

    /// <summary>
    /// Finds a run of the patch at a point: its first element, were it all inside, and which of its pixels are.
    /// </summary>
    public T* Run(T* image, in Triple pixel, int run, out long firstInside, out long endInside)
    {
        ref readonly Triple offset = ref runs[run];
        long z = pixel.Z + offset.Z;
        long y = pixel.Y + offset.Y;
        long x = pixel.X + offset.X;
        if ((ulong)z >= (ulong)size.Z || (ulong)y >= (ulong)size.Y)
        {
            firstInside = endInside = 0;
            return image;
        }

        firstInside = Math.Max(0, -x);
        endInside = Math.Max(firstInside, Math.Min(runPixels, size.X - x));
        return image + ((((z * size.Y) + y) * size.X) + x) * pixelStride;
    }
}
