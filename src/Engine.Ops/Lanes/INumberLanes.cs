namespace Engine.Ops.Lanes;

/// <summary>
/// The operations on one register of numbers. Element-wise bodies are written once against these static members and run at every
/// width: <see cref="Lanes512{T}"/>, <see cref="Lanes256{T}"/>, <see cref="Lanes128{T}"/>, and <see cref="ScalarLanes{T}"/> for
/// remainders. An operation means the same at every width, for NaN, signed zero and overflow too.
/// </summary>
/// <typeparam name="V">The register: <c>Vector512&lt;T&gt;</c> … <c>T</c>.</typeparam>
/// <typeparam name="T">The number in a lane.</typeparam>
internal interface INumberLanes<V, T> where T : unmanaged
{
    /// <summary>Numbers per register.</summary>
    static abstract int Count { get; }

    /// <summary>Zero in every lane.</summary>
    static abstract V Zero { get; }

    /// <summary>One in every lane.</summary>
    static abstract V One { get; }

    /// <summary>The value in every lane.</summary>
    static abstract V Broadcast(T value);

    /// <summary>Reads <see cref="Count"/> numbers, from element <paramref name="index"/> on. Any alignment.</summary>
    static abstract V Load(ref readonly T source, nint index);

    /// <summary>Writes <see cref="Count"/> numbers, from element <paramref name="index"/> on. Any alignment.</summary>
    static abstract void Store(V value, ref T destination, nint index);

    /// <summary>The number in one lane.</summary>
    static abstract T Element(V x, int lane);

    /// <summary>Sum; integers wrap.</summary>
    static abstract V Add(V x, V y);

    /// <summary>Difference; integers wrap.</summary>
    static abstract V Sub(V x, V y);

    /// <summary>Product; integers wrap.</summary>
    static abstract V Mul(V x, V y);

    /// <summary>Quotient; integers truncate, and the caller has excluded zero divisors and the lowest value by -1.</summary>
    static abstract V Div(V x, V y);

    /// <summary>Negation, of the sign bit alone for floating point; integers wrap.</summary>
    static abstract V Neg(V x);

    /// <summary>Absolute value; the lowest integer stays.</summary>
    static abstract V Abs(V x);

    /// <summary>Minimum; NaN where either is, -0 below +0.</summary>
    static abstract V Min(V x, V y);

    /// <summary>Maximum; NaN where either is, -0 below +0.</summary>
    static abstract V Max(V x, V y);

    /// <summary>Mask (all bits of a lane set or clear) of equal lanes.</summary>
    static abstract V Equal(V x, V y);

    /// <summary>Mask of lanes that differ; NaN differs from all.</summary>
    static abstract V NotEqual(V x, V y);

    /// <summary>Mask of lanes with x &lt; y.</summary>
    static abstract V Less(V x, V y);

    /// <summary>Mask of lanes with x ≤ y.</summary>
    static abstract V LessOrEqual(V x, V y);

    /// <summary>Mask of lanes with x &gt; y.</summary>
    static abstract V Greater(V x, V y);

    /// <summary>Mask of lanes with x ≥ y.</summary>
    static abstract V GreaterOrEqual(V x, V y);

    /// <summary>Lane by lane, <paramref name="whenSet"/> where the mask is set, else <paramref name="whenClear"/>.</summary>
    static abstract V Select(V mask, V whenSet, V whenClear);

    /// <summary>Whether a lane of the mask is set.</summary>
    static abstract bool Any(V mask);

    /// <summary>Whether every lane of the mask is set.</summary>
    static abstract bool All(V mask);

    /// <summary>A bit per lane of the mask, that of the first lane lowest.</summary>
    static abstract ulong MaskBits(V mask);

    /// <summary>Bitwise and, also of floating point.</summary>
    static abstract V And(V x, V y);

    /// <summary>Bitwise or, also of floating point.</summary>
    static abstract V Or(V x, V y);

    /// <summary>Bitwise exclusive or, also of floating point.</summary>
    static abstract V Xor(V x, V y);

    /// <summary>Bitwise x and not y, also of floating point.</summary>
    static abstract V AndNot(V x, V y);

    /// <summary>Bitwise complement, also of floating point and masks.</summary>
    static abstract V Not(V x);

    /// <summary>Shifts the bits of each lane left; the count is below the lane's bits.</summary>
    static abstract V ShiftLeft(V x, int count);

    /// <summary>Shifts the bits of each lane right, with zeros entering.</summary>
    static abstract V ShiftRightLogical(V x, int count);

    /// <summary>Shifts the bits of each lane right, with copies of the top bit entering.</summary>
    static abstract V ShiftRightArithmetic(V x, int count);

    /// <summary>The sum of all lanes, in the order of a binary tree.</summary>
    static abstract T Sum(V x);

    /// <summary>Calls a scalar function on each lane: for functions too rare to have a formula over lanes.</summary>
    static abstract V Map<F>(V x) where F : struct, IScalarFunction<T>;

    /// <summary>Calls a scalar function on each pair of lanes.</summary>
    static abstract V Map2<F>(V x, V y) where F : struct, IScalarFunction2<T>;
}
