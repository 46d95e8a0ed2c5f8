using Engine.OpModel;
using Engine.Ops.RandomNumbers;

namespace Engine.Ops.Images;

/// <summary>What a random window of an image must be like, and how one is drawn: height from the area and a random aspect ratio, then a random place.</summary>
internal sealed class WindowRules
{
    private readonly float[] aspectRatios;
    private readonly float[] areas;
    private readonly bool usesImage;

    private WindowRules(KernelBuilder node)
    {
        aspectRatios = Range(node, "aspect_ratio_range");
        areas = Range(node, "area_range");
        if (areas[0] > 1 || areas[1] > 1)
            throw node.Fail($"area_range must be at most 1, not [{areas[0]}, {areas[1]}]");
        MaxAttempts = node.Int("max_attempts");
        if (MaxAttempts is <= 0 or > int.MaxValue)
            throw node.Fail($"max_attempts must be positive, not {MaxAttempts}");
        usesImage = node.Bool("use_image_if_no_bounding_boxes");
        if (node.InputCount == 2)
            MinCovered = CheckCovered(Tensor.Scalar(node.Float("min_object_covered")));
    }

    /// <summary>Windows that are drawn before the whole image is taken.</summary>
    public long MaxAttempts { get; }

    /// <summary>The share of an object that the window must hold.</summary>
    public float MinCovered { get; }

    public static WindowRules Of(KernelBuilder node) => new(node);

    public static float CheckCovered(Tensor covered)
    {
        if (covered.Rank != 0)
            throw EngineException.InvalidArgument($"min_object_covered must be a scalar, not {covered.Shape}");
        var value = covered.Item<float>();
        return value is >= 0 and <= 1 ? value : throw EngineException.InvalidArgument($"min_object_covered must be in [0, 1], not {value}");
    }

    /// <summary>The objects in pixels; the whole image if there is none and the attributes allow it.</summary>
    public PixelBox[] Objects(Tensor boxes, int height, int width)
    {
        if (boxes.Rank != 3 || boxes.Shape[2] != 4)
            throw EngineException.InvalidArgument($"bounding boxes must have the shape [batch, boxes, 4], not {boxes.Shape}");
        var corners = boxes.AsSpan<float>();
        if (corners.Length == 0)
            return usesImage ? [new PixelBox(0, 0, width, height)] : throw EngineException.InvalidArgument("No bounding boxes provided, and use_image_if_no_bounding_boxes is false");
        foreach (var corner in corners)
        {
            if (!(corner is >= 0 and <= 1))
                throw EngineException.InvalidArgument($"All bounding box coordinates must be in [0.0, 1.0]: {corner}");
        }
        var objects = new PixelBox[corners.Length / 4];
        for (var i = 0; i < objects.Length; i++)
        {
            var box = corners.Slice(4 * i, 4);
            objects[i] = new PixelBox((int)(box[1] * width), (int)(box[0] * height), (int)(box[3] * width), (int)(box[2] * height));
        }
        return objects;
    }

    /// <summary>Draws windows until one holds enough of an object; the whole image if none does.</summary>
    public PixelBox Sample(Philox generator, PixelBox[] objects, float covered, int height, int width)
    {
        var words = new PhiloxReader(generator);
        for (var i = 0L; i < MaxAttempts; i++)
        {
            var aspect = (UniformBits.ToFloat(words.Next()) * (aspectRatios[1] - aspectRatios[0])) + aspectRatios[0];
            if (TryDraw(ref words, aspect, height, width, out var window) && Holds(window, objects, covered))
                return window;
        }
        return new PixelBox(0, 0, width, height);
    }

    private static bool Holds(PixelBox window, PixelBox[] objects, float covered)
    {
        foreach (var box in objects)
        {
            if (window.Area >= 1 && box.Area >= 1 && window.Overlap(box) / box.Area >= covered)
                return true;
        }
        return false;
    }

    private bool TryDraw(ref PhiloxReader words, float aspect, int height, int width, out PixelBox window)
    {
        window = default;
        if (height <= 0 || width <= 0 || areas[0] > areas[1])
            return false;
        var (minArea, maxArea) = (areas[0] * width * height, areas[1] * width * height);
        var low = Round(MathF.Sqrt(minArea / aspect));
        var high = Round(MathF.Sqrt(maxArea / aspect));
        if (Round(high * aspect) > width)
        {
            // The largest height whose width still fits, rounding included.
            high = (int)((width + 0.5 - 0.0000001f) / aspect);
            if (Round(high * aspect) > width)
                high--;
        }
        high = Math.Min(high, height);
        var rows = low < high ? low + (int)Below(ref words, (uint)(high - low + 1)) : high;
        var columns = Round(rows * aspect);
        // Rounding may have led out of the range by one row.
        if ((float)((long)rows * columns) < minArea)
            columns = Round(++rows * aspect);
        if ((float)((long)rows * columns) > maxArea)
            columns = Round(--rows * aspect);
        var area = (float)((long)rows * columns);
        if (area < minArea || area > maxArea || columns > width || rows > height || columns <= 0 || rows <= 0)
            return false;
        var top = rows < height ? (int)Below(ref words, (uint)(height - rows)) : 0;
        var left = columns < width ? (int)Below(ref words, (uint)(width - columns)) : 0;
        window = new PixelBox(left, top, left + columns, top + rows);
        return true;
    }

    private static int Round(float value) => (int)MathF.Round(value);

    /// <summary>A number below <paramref name="limit"/>, each as likely as the others.</summary>
    private static uint Below(ref PhiloxReader words, uint limit)
    {
        if ((limit & (limit - 1)) == 0)
            return words.Next() & (limit - 1);
        var excess = (uint.MaxValue % limit) + 1;
        uint word;
        do
            word = words.Next();
        while (word > uint.MaxValue - excess);
        return word % limit;
    }

    private static float[] Range(KernelBuilder node, string attr)
    {
        var range = node.Floats(attr);
        if (range.Length != 2)
            throw node.Fail($"{attr} must have 2 elements, not {range.Length}");
        return range[0] > 0 && range[1] > 0 ? range : throw node.Fail($"{attr} must be positive, not [{range[0]}, {range[1]}]");
    }
}
