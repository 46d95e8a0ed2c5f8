using System.Globalization;
using System.Text;
using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary>Prints arrays as <c>str</c> of a numpy array does.</summary>
internal sealed class ArrayPrinter
{
    private readonly NdArray array;
    private readonly PrintOptions options;
    private readonly long[] shape;
    private readonly bool isSummary;
    private readonly long[] strides;
    private readonly Func<long, string> format;

    private ArrayPrinter(NdArray array, PrintOptions options, long[] shape)
    {
        this.array = array;
        this.options = options;
        this.shape = shape;
        isSummary = new Shape(shape).Count > options.Threshold;
        strides = NdArray.Strides(array.Shape);
        format = Formatter();
    }

    /// <summary>The text of an array; of rank 0 the scalar's.</summary>
    /// <param name="array">The array, or the corners of one that is summarised.</param>
    /// <param name="options">How it is printed.</param>
    /// <param name="shape">The shape of the whole, where only the corners are given.</param>
    internal static string Print(NdArray array, PrintOptions options, long[]? shape = null)
    {
        if (array.Rank == 0)
            return Scalar(array);
        if (array.Count == 0)
            return "[]";
        return new ArrayPrinter(array, options, shape ?? array.Shape).Recurse(0, 0, "", options.LineWidth);
    }

    private static string Scalar(NdArray array) => array.Type.Kind switch
    {
        'f' => FloatDigits.Scalar(array.Floats[0], array.Type.Type),
        'c' => ComplexScalar(array.Complexes[0], array.Type.Type == DType.Complex64 ? DType.Float32 : DType.Float64),
        'V' => ExtendedTypes.Format(array, 0),
        _ => PythonText.Str(array[0]),
    };

    private static string ComplexScalar(System.Numerics.Complex c, DType part)
    {
        if (c.Real == 0 && !double.IsNegative(c.Real))
            return FloatDigits.Scalar(c.Imaginary, part, isPart: true) + "j";
        return $"({FloatDigits.Scalar(c.Real, part, isPart: true)}{FloatDigits.Scalar(c.Imaginary, part, isPart: true, sign: true)}j)";
    }

    private string Recurse(int axis, long start, string indent, int width)
    {
        if (axis == array.Rank)
            return format(start);
        var inner = indent + " ";
        var length = array.Shape[axis];
        var summarised = isSummary && 2L * options.EdgeItems < shape[axis];
        var leading = summarised ? options.EdgeItems : 0;
        var trailing = summarised ? options.EdgeItems : length;
        var text = new StringBuilder();
        string Item(long i) => Recurse(axis + 1, start + i * strides[axis], inner, width - 1);
        if (axis == array.Rank - 1)
        {
            var line = new StringBuilder(inner);
            for (var i = 0; i < leading; i++)
                Extend(text, line, Item(i), width - 1, inner).Append(' ');
            if (summarised)
                Extend(text, line, "...", width - 1, inner).Append(' ');
            for (var i = trailing; i > 1; i--)
                Extend(text, line, Item(length - i), width - 1, inner).Append(' ');
            if (trailing > 0)
                Extend(text, line, Item(length - 1), width - 1, inner);
            text.Append(line);
        }
        else
        {
            var separator = new string('\n', array.Rank - axis - 1);
            for (var i = 0; i < leading; i++)
                text.Append(inner).Append(Item(i)).Append(separator);
            if (summarised)
                text.Append(inner).Append("...").Append(separator);
            for (var i = trailing; i > 1; i--)
                text.Append(inner).Append(Item(length - i)).Append(separator);
            if (trailing > 0)
                text.Append(inner).Append(Item(length - 1));
        }
        return $"[{text.ToString(inner.Length, text.Length - inner.Length)}]";
    }

    private static StringBuilder Extend(StringBuilder text, StringBuilder line, string word, int width, string indent)
    {
        if (line.Length + word.Length > width && line.Length > indent.Length)
        {
            text.Append(line.ToString().TrimEnd(' ')).Append('\n');
            line.Clear().Append(indent);
        }
        return line.Append(word);
    }

    private Func<long, string> Formatter()
    {
        var shown = Shown();
        switch (array.Type.Kind)
        {
            case 'b':
                return i => array.Integers[i] != 0 ? " True" : "False";
            case 'f':
                var layout = new FloatLayout(shown.ConvertAll(i => array.Floats[i]), array.Type.Type, options);
                return i => layout.Format(array.Floats[i]);
            case 'c':
                var part = array.Type.Type == DType.Complex64 ? DType.Float32 : DType.Float64;
                var real = new FloatLayout(shown.ConvertAll(i => array.Complexes[i].Real), part, options);
                var imaginary = new FloatLayout(shown.ConvertAll(i => array.Complexes[i].Imaginary), part, options, '+');
                return i =>
                {
                    var text = imaginary.Format(array.Complexes[i].Imaginary);
                    return real.Format(array.Complexes[i].Real) + text.Insert(text.TrimEnd(' ').Length, "j");
                };
            case 'U' or 'S' or 'O':
                return i => array.Objects[i] is List<object?> list ? $"list({PythonText.Repr(list)})" : PythonText.Repr(array.Objects[i]);
            case 'V':
                return i => ExtendedTypes.Format(array, i);
            default:
                var width = shown.Count == 0 ? 0 : shown.Max(i => Integer(i).Length);
                return i => Integer(i).PadLeft(width);
        }
    }

    private string Integer(long i) => array.Type.Type == DType.UInt64
        ? ((ulong)array.Integers[i]).ToString(CultureInfo.InvariantCulture)
        : array.Integers[i].ToString(CultureInfo.InvariantCulture);

    // Widths come from the elements that are printed.
    private List<long> Shown()
    {
        List<long> places = [0];
        for (var axis = 0; axis < array.Rank; axis++)
        {
            var length = array.Shape[axis];
            var edge = options.EdgeItems;
            var next = new List<long>();
            foreach (var place in places)
            {
                for (var i = 0L; i < length; i++)
                {
                    if (isSummary && length > 2 * edge && i == edge)
                        i = length - edge;
                    if (i < length)
                        next.Add(place + i * strides[axis]);
                }
            }
            places = next;
        }
        return places;
    }
}
