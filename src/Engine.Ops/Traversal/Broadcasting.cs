namespace Engine.Ops.Traversal;

/// <summary>numpy's broadcasting, as TensorFlow has it.</summary>
internal static class Broadcasting
{
    /// <summary>The shape of two tensors broadcast together.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when they do not go together.</exception>
    internal static Shape Shape(Shape x, Shape y)
    {
        if (Covers(x, y))
            return x;
        if (Covers(y, x))
            return y;
        var dims = new long[Math.Max(x.Rank, y.Rank)];
        for (var i = 1; i <= dims.Length; i++)
        {
            var a = i <= x.Rank ? x[-i] : 1;
            var b = i <= y.Rank ? y[-i] : 1;
            dims[^i] = a == b || b == 1 ? a : a == 1 ? b : throw EngineException.InvalidArgument($"Incompatible shapes: {x} vs. {y}");
        }
        return new Shape(dims);
    }

    // Whether the shape of both together is that of the first: the common case, which makes no new shape.
    private static bool Covers(Shape whole, Shape part)
    {
        if (ReferenceEquals(whole, part))
            return true;
        if (part.Rank > whole.Rank)
            return false;
        for (var i = 1; i <= part.Rank; i++)
        {
            if (part[-i] != 1 && part[-i] != whole[-i])
                return false;
        }
        return true;
    }

    /// <summary>Whether two shapes can be broadcast together.</summary>
    internal static bool AreCompatible(Shape x, Shape y)
    {
        for (var i = 1; i <= Math.Min(x.Rank, y.Rank); i++)
        {
            if (x[-i] != y[-i] && x[-i] != 1 && y[-i] != 1)
                return false;
        }
        return true;
    }
}
