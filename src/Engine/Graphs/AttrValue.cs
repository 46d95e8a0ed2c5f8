using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Engine.Graphs;

/// <summary>The value of a node's attribute (<c>tensorflow.AttrValue</c>). Immutable.</summary>
public sealed class AttrValue
{
    private readonly object? value;

    private AttrValue(AttrKind kind, object? value, AttrKind elementKind = AttrKind.None)
    {
        Kind = kind;
        ElementKind = elementKind;
        this.value = value;
    }

    /// <summary>An attribute of no kind, as an empty <c>AttrValue</c> message has.</summary>
    public static AttrValue None { get; } = new(AttrKind.None, null);

    /// <summary>What it holds.</summary>
    public AttrKind Kind { get; }

    /// <summary>Of a list that is not empty: what its elements are; else <see cref="AttrKind.None"/>.</summary>
    public AttrKind ElementKind { get; }

    /// <summary>Bytes.</summary>
    public static AttrValue Of(byte[] value) => new(AttrKind.String, value);

    /// <summary>Bytes, from UTF-8 text.</summary>
    public static AttrValue Of(string value) => new(AttrKind.String, Encoding.UTF8.GetBytes(value));

    /// <summary>An integer.</summary>
    public static AttrValue Of(long value) => new(AttrKind.Int, value);

    /// <summary>A float.</summary>
    public static AttrValue Of(float value) => new(AttrKind.Float, value);

    /// <summary>A truth value.</summary>
    public static AttrValue Of(bool value) => new(AttrKind.Bool, value);

    /// <summary>An element type.</summary>
    public static AttrValue Of(DType value) => new(AttrKind.Type, value);

    /// <summary>A shape.</summary>
    public static AttrValue Of(PartialShape value) => new(AttrKind.Shape, value);

    /// <summary>A tensor; it is shared, not copied.</summary>
    public static AttrValue Of(Tensor value) => new(AttrKind.Tensor, value);

    /// <summary>A function.</summary>
    public static AttrValue Of(FunctionReference value) => new(AttrKind.Func, value);

    /// <summary>In a function body: a reference to the function's attribute <paramref name="name"/>.</summary>
    public static AttrValue PlaceholderFor(string name) => new(AttrKind.Placeholder, name);

    /// <summary>A list. All elements are of one kind, as in the message that stores them.</summary>
    public static AttrValue ListOf(ImmutableArray<AttrValue> items)
        => new(AttrKind.List, items, items.IsEmpty ? AttrKind.None : items[0].Kind);

    /// <summary>A list of integers.</summary>
    public static AttrValue List(params ReadOnlySpan<long> items) => ListOf([.. items.ToArray().Select(Of)]);

    /// <summary>A list of element types.</summary>
    public static AttrValue List(params ReadOnlySpan<DType> items) => ListOf([.. items.ToArray().Select(Of)]);

    /// <summary>A list of shapes.</summary>
    public static AttrValue List(params ReadOnlySpan<PartialShape> items) => ListOf([.. items.ToArray().Select(Of)]);

    /// <summary>A list of strings.</summary>
    public static AttrValue List(params ReadOnlySpan<string> items) => ListOf([.. items.ToArray().Select(Of)]);

    /// <summary>A list of floats.</summary>
    public static AttrValue List(params ReadOnlySpan<float> items) => ListOf([.. items.ToArray().Select(Of)]);

    /// <summary>The bytes.</summary>
    public byte[] AsBytes() => Get<byte[]>(AttrKind.String);

    /// <summary>The bytes as UTF-8 text.</summary>
    public string AsString() => Encoding.UTF8.GetString(AsBytes());

    /// <summary>The integer.</summary>
    public long AsInt() => Get<long>(AttrKind.Int);

    /// <summary>The float.</summary>
    public float AsFloat() => Get<float>(AttrKind.Float);

    /// <summary>The truth value.</summary>
    public bool AsBool() => Get<bool>(AttrKind.Bool);

    /// <summary>The element type.</summary>
    public DType AsType() => Get<DType>(AttrKind.Type);

    /// <summary>The shape.</summary>
    public PartialShape AsShape() => Get<PartialShape>(AttrKind.Shape);

    /// <summary>The tensor.</summary>
    public Tensor AsTensor() => Get<Tensor>(AttrKind.Tensor);

    /// <summary>The function.</summary>
    public FunctionReference AsFunction() => Get<FunctionReference>(AttrKind.Func);

    /// <summary>The name of the attribute that this placeholder stands for.</summary>
    public string AsPlaceholder() => Get<string>(AttrKind.Placeholder);

    /// <summary>The elements of a list.</summary>
    public ImmutableArray<AttrValue> AsList() => Get<ImmutableArray<AttrValue>>(AttrKind.List);

    /// <summary>The integers of a list.</summary>
    public long[] AsInts() => [.. AsList().Select(v => v.AsInt())];

    /// <summary>The element types of a list.</summary>
    public DType[] AsTypes() => [.. AsList().Select(v => v.AsType())];

    /// <summary>Text for messages and keys: values with equal text are equal. Tensors are told apart by identity.</summary>
    public override string ToString() => Kind switch
    {
        AttrKind.None => "",
        AttrKind.String => '"' + Encoding.Latin1.GetString(AsBytes()).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"',
        AttrKind.Float => AsFloat().ToString("R", CultureInfo.InvariantCulture),
        AttrKind.Bool => AsBool() ? "true" : "false",
        AttrKind.Type => AsType().Name(),
        AttrKind.Func => $"{AsFunction().Name}[{string.Join(", ", AsFunction().Attrs.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"))}]",
        AttrKind.Placeholder => "$" + AsPlaceholder(),
        AttrKind.List => $"[{string.Join(", ", AsList())}]",
        AttrKind.Tensor => $"tensor<{AsTensor().Type.Name()}{AsTensor().Shape}#{AsTensor().Id}>",
        _ => value!.ToString()!,
    };

    private T Get<T>(AttrKind kind) => Kind == kind
        ? (T)value!
        : throw EngineException.InvalidArgument($"AttrValue had value with type '{Kind.ToString().ToLowerInvariant()}' when '{kind.ToString().ToLowerInvariant()}' expected");
}
