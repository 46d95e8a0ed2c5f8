using Engine.Resources;

namespace Engine.Ops.TensorLists;

/// <summary>
/// A list of tensors in a variant. Tensors are shared between lists; a list itself is changed only while the tensor that holds it is exclusive.
/// </summary>
internal sealed class TensorList(DType elementType, PartialShape elementShape, int maximum = -1) : IAddableVariant, IZerosLikeVariant
{
    /// <summary>Most elements of a list: one that is not set costs a reference, and what no memory holds is refused before .NET tries.</summary>
    internal const int Most = 1 << 28;

    private readonly Lock gate = new();
    private List<Tensor?>? items;

    /// <summary>A list of the rows of a tensor, which is given away. They become tensors of their own when somebody asks for them.</summary>
    internal TensorList(DType elementType, PartialShape elementShape, int maximum, Tensor whole)
        : this(elementType, elementShape, maximum) => Whole = whole;

    /// <summary>The tensor whose rows are the elements; null where that is not known.</summary>
    internal Tensor? Whole { get; private set; }

    /// <summary>Number of elements.</summary>
    internal int Count => Whole is { } whole ? (int)whole.Shape[0] : Items.Count;

    internal DType ElementType { get; } = elementType;

    /// <summary>What all elements have in common.</summary>
    internal PartialShape ElementShape { get; set; } = elementShape;

    /// <summary>Most elements it may have, negative for no limit.</summary>
    internal int Maximum { get; } = maximum;

    /// <summary>The elements; null for one that was never set.</summary>
    internal List<Tensor?> Items => Volatile.Read(ref items) ?? ItemsOfWhole();

    /// <summary>The tensor whose rows are the elements, the caller's own; the list, which nobody else may have, is then empty.</summary>
    internal Tensor? Take()
    {
        var whole = Whole;
        Whole = null;
        return whole;
    }

    /// <summary>A list of the same elements.</summary>
    internal TensorList Copy()
    {
        if (Whole is { } whole)
            return new TensorList(ElementType, ElementShape, Maximum, whole.Share());
        var copy = new TensorList(ElementType, ElementShape, Maximum);
        foreach (var item in Items)
            copy.Items.Add(item?.Share());
        return copy;
    }

    /// <summary>Adds elements that are not set, or removes some, to have <paramref name="count"/>.</summary>
    internal void Resize(long count)
    {
        if (count > Most)
            throw EngineException.InvalidArgument($"A list of {count} tensors cannot be allocated.");
        if (count < Items.Count)
        {
            Items.RemoveRange((int)count, Items.Count - (int)count);
            return;
        }
        Items.EnsureCapacity((int)count);
        for (var i = Items.Count; i < count; i++)
            Items.Add(null);
    }

    /// <summary>What is known of the elements' shape, from the list and from <paramref name="given"/>.</summary>
    internal PartialShape Merge(PartialShape given) => ElementShape.IsCompatibleWith(given)
        ? ElementShape.Merge(given)
        : throw EngineException.InvalidArgument($"Incompatible shapes during merge: {ElementShape} vs. {given}");

    /// <summary>As <see cref="Merge"/>, and from the elements that are set, if that is not all.</summary>
    internal PartialShape MergeAll(PartialShape given)
    {
        var shape = Merge(given);
        if (shape.IsFullyKnown)
            return shape;
        foreach (var item in Items)
        {
            if (item is not null)
                shape = shape.Merge(item.Shape);
        }
        return shape;
    }

    internal void CheckType(DType type)
    {
        if (type != ElementType)
            throw EngineException.InvalidArgument($"Invalid data types; op elements {type.Name()} but list elements {ElementType.Name()}");
    }

    internal void CheckShape(Shape shape)
    {
        if (!ElementShape.IsCompatibleWith(shape))
            throw EngineException.InvalidArgument($"A tensor of shape {shape} does not fit a list of elements of shape {ElementShape}.");
    }

    public object Add(object other)
    {
        if (other is not TensorList list)
            throw EngineException.InvalidArgument("A list can only be added to a list.");
        if (list.ElementType != ElementType)
            throw EngineException.InvalidArgument($"Trying to add two lists of tensors of different dtypes. One is {ElementType.Name()} and the other is {list.ElementType.Name()}");
        if (!ElementShape.IsCompatibleWith(list.ElementShape))
            throw EngineException.InvalidArgument($"Trying to add two lists of tensors with incompatible element shapes. One is {ElementShape} and the other is {list.ElementShape}");
        if (list.Items.Count != Items.Count)
            throw EngineException.InvalidArgument($"Trying to add two lists of tensors with different lengths. One is {Items.Count} and the other is {list.Items.Count}");
        var sum = new TensorList(ElementType, ElementShape.Merge(list.ElementShape), Maximum);
        for (var i = 0; i < Items.Count; i++)
        {
            var (a, b) = (Items[i], list.Items[i]);
            sum.Items.Add(a is null ? b?.Share() : b is null ? a.Share() : VariantAlgebra.Add(a, b));
        }
        return sum;
    }

    // Lists are read by several threads.
    private List<Tensor?> ItemsOfWhole()
    {
        lock (gate)
        {
            if (items is { } known)
                return known;
            var made = new List<Tensor?>();
            if (Whole is { } whole)
            {
                var row = whole.Shape.Slice(1);
                made.EnsureCapacity((int)whole.Shape[0]);
                for (var i = 0L; i < whole.Shape[0]; i++)
                    made.Add(TensorListFromTensor.Row(whole, i, row));
                // From here on an element may change.
                Whole = null;
            }
            Volatile.Write(ref items, made);
            return made;
        }
    }

    public object ZerosLike()
    {
        var zeros = new TensorList(ElementType, ElementShape, Maximum);
        foreach (var item in Items)
            zeros.Items.Add(item is null ? null : VariantAlgebra.ZerosLike(item));
        return zeros;
    }
}
