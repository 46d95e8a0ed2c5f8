namespace Engine.Conformance.Comparing;

/// <summary>Compares a tensor with what TensorFlow answered, within the tolerances that came with it.</summary>
internal static class ValueComparer
{
    /// <summary>How an actual tensor differs from the expected one; null when it does not.</summary>
    internal static Difference? Compare(Golden.Value expectation, Tensor expected, Tensor actual)
    {
        if (actual.Type.Base() != expected.Type)
            return new($"{expectation.Name} is {actual.Type.Name()}, not {expected.Type.Name()}");
        if (actual.Shape != expected.Shape)
            return new($"{expectation.Name} has shape {actual.Shape}, not {expected.Shape}");
        if (expectation.ShapeOnly)
            return null;
        if (expected.Type == DType.String)
            return CompareStrings(expectation.Name, expected.AsSpan<byte[]>(), actual.AsSpan<byte[]>());
        if (expected.Type == DType.Variant)
            return VariantComparer.Compare(expectation.Name, expectation.Tensor, actual);
        if (expected.Type.IsObject())
            return new($"{expectation.Name} holds {expected.Type.Name()}, which cannot be compared");
        if (expected.Bytes().SequenceEqual(actual.Bytes()))
            return null;
        return CompareNumbers(expectation, expected, actual);
    }

    private static Difference? CompareStrings(string name, ReadOnlySpan<byte[]> expected, ReadOnlySpan<byte[]> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (!expected[i].AsSpan().SequenceEqual(actual[i]))
                return new($"{name} element {i} is {Quote(actual[i])}, not {Quote(expected[i])}");
        }
        return null;
    }

    private static Difference? CompareNumbers(Golden.Value expectation, Tensor expected, Tensor actual)
    {
        var exact = expected.Type == DType.Bool || (expectation.Rtol == 0 && expectation.Atol == 0);
        var e = Numbers.Of(expected);
        var a = Numbers.Of(actual);
        var size = expected.Type.Size();
        int wrong = 0, first = -1;
        double largest = 0, relative = 0;
        for (var i = 0; i < e.Length; i++)
        {
            if (expected.Bytes().Slice(i * size, size).SequenceEqual(actual.Bytes().Slice(i * size, size)))
                continue;
            var error = Numbers.Distance(e[i], a[i]);
            largest = Math.Max(largest, error);
            relative = Math.Max(relative, error == 0 ? 0 : error / Numbers.Magnitude(e[i]));
            // An infinity allows nothing but itself, though the tolerance that it implies is infinite.
            if (!exact && (error == 0 || (double.IsFinite(error) && error <= expectation.Atol + expectation.Rtol * Numbers.Magnitude(e[i]))))
                continue;
            wrong++;
            if (first < 0)
                first = i;
        }
        return wrong == 0 ? null : new($"{expectation.Name} differs in {wrong} of {e.Length} elements; element {first} is {Numbers.Text(a[first])}, not {Numbers.Text(e[first])}", largest, relative);
    }

    private static string Quote(byte[] text)
    {
        var shown = text.Length <= 60 ? text : text[..60];
        return $"\"{System.Text.RegularExpressions.Regex.Escape(System.Text.Encoding.Latin1.GetString(shown))}\"{(text.Length > 60 ? $"… ({text.Length} bytes)" : "")}";
    }
}
