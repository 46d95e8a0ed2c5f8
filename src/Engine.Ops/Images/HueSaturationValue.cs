namespace Engine.Ops.Images;

/// <summary>Colours as hue, saturation and value: hue in [0, 1) around the circle from red, saturation and value of red, green, blue in [0, 1].</summary>
internal static class HueSaturationValue
{
    public static (double Hue, double Saturation, double Value) FromRgb(double r, double g, double b)
    {
        var value = Math.Max(r, Math.Max(g, b));
        var range = value - Math.Min(r, Math.Min(g, b));
        var saturation = value > 0 ? range / value : 0;
        return (range > 0 ? Hue(r, g, b, value, range) : 0, saturation, value);
    }

    public static (double R, double G, double B) ToRgb(double hue, double saturation, double value)
    {
        var h = hue * 6;
        return (Channel(Math.Abs(h - 3) - 1), Channel(2 - Math.Abs(h - 2)), Channel(2 - Math.Abs(h - 4)));

        double Channel(double distance) => (1 - saturation + (saturation * Math.Clamp(distance, 0, 1))) * value;
    }

    /// <summary>The colour with its hue turned; its largest and smallest channels stay.</summary>
    public static (double R, double G, double B) Turn(double r, double g, double b, double turn)
    {
        var largest = Math.Max(r, Math.Max(g, b));
        var smallest = Math.Min(r, Math.Min(g, b));
        var range = largest - smallest;
        if (!(range > 0))
            return (r, g, b);
        var hue = (Hue(r, g, b, largest, range) + turn) % 1;
        if (hue < 0)
            hue++;
        var (x, y, z) = ToRgb(hue, 1, 1);
        return (smallest + (x * range), smallest + (y * range), smallest + (z * range));
    }

    private static double Hue(double r, double g, double b, double largest, double range)
    {
        var sixth = 1 / (6 * range);
        var hue = r == largest ? sixth * (g - b) : g == largest ? (sixth * (b - r)) + (2 / 6.0) : (sixth * (r - g)) + (4 / 6.0);
        return hue < 0 ? hue + 1 : hue;
    }
}
