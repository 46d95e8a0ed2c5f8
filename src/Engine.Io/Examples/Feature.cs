using System.Text;
using Google.Protobuf;

namespace Engine.Io.Examples;

/// <summary>A list of strings, floats or integers: <c>tf.train.Feature</c>. Immutable.</summary>
public sealed class Feature
{
    private readonly byte[][] bytes = [];
    private readonly float[] floats = [];
    private readonly long[] integers = [];

    private Feature(FeatureKind kind) => Kind = kind;

    private Feature(byte[][] values) : this(FeatureKind.Bytes) => bytes = values;

    private Feature(float[] values) : this(FeatureKind.Floats) => floats = values;

    private Feature(long[] values) : this(FeatureKind.Integers) => integers = values;

    /// <summary>A feature that holds no list, which parsers take for a missing one.</summary>
    public static Feature None { get; } = new(FeatureKind.None);

    /// <summary>What it holds.</summary>
    public FeatureKind Kind { get; }

    /// <summary>Number of values.</summary>
    public int Count => bytes.Length + floats.Length + integers.Length;

    /// <summary>The strings; none when it holds something else.</summary>
    public IReadOnlyList<byte[]> Bytes => bytes;

    /// <summary>The floats; none when it holds something else.</summary>
    public IReadOnlyList<float> Floats => floats;

    /// <summary>The integers; none when it holds something else.</summary>
    public IReadOnlyList<long> Integers => integers;

    /// <summary>A feature of byte strings.</summary>
    public static Feature Of(params byte[][] values) => new([.. values]);

    /// <summary>A feature of texts, in UTF-8.</summary>
    public static Feature Of(params string[] values) => new(Array.ConvertAll(values, Encoding.UTF8.GetBytes));

    /// <summary>A feature of floats.</summary>
    public static Feature Of(params float[] values) => new([.. values]);

    /// <summary>A feature of integers.</summary>
    public static Feature Of(params long[] values) => new([.. values]);

    /// <summary>The values of a tensor, row-major: strings, floats (of any width) or integers and truth values (of any width).</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for other element types.</exception>
    public static Feature Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Type switch
        {
            DType.String => new(tensor.ToArray<byte[]>()),
            DType.Float32 => new(tensor.ToArray<float>()),
            DType.Float64 => new(Array.ConvertAll(tensor.ToArray<double>(), v => (float)v)),
            DType.Float16 => new(Array.ConvertAll(tensor.ToArray<Half>(), v => (float)v)),
            DType.BFloat16 => new(Array.ConvertAll(tensor.ToArray<Engine.Tensors.BFloat16>(), v => (float)v)),
            DType.Int64 => new(tensor.ToArray<long>()),
            DType.Int32 => new(Array.ConvertAll(tensor.ToArray<int>(), v => (long)v)),
            DType.Int16 => new(Array.ConvertAll(tensor.ToArray<short>(), v => (long)v)),
            DType.Int8 => new(Array.ConvertAll(tensor.ToArray<sbyte>(), v => (long)v)),
            DType.UInt8 => new(Array.ConvertAll(tensor.ToArray<byte>(), v => (long)v)),
            DType.UInt16 => new(Array.ConvertAll(tensor.ToArray<ushort>(), v => (long)v)),
            DType.UInt32 => new(Array.ConvertAll(tensor.ToArray<uint>(), v => (long)v)),
            DType.Bool => new(Array.ConvertAll(tensor.ToArray<bool>(), v => v ? 1L : 0)),
            _ => throw EngineException.InvalidArgument($"A feature cannot hold {tensor.Type.Name()} values."),
        };
    }

    /// <summary>The values as a vector of string, float32 or int64.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a feature that holds nothing.</exception>
    public Tensor ToTensor() => Kind switch
    {
        FeatureKind.Bytes => Fill(Tensor.Allocate(DType.String, Shape.Vector(Count)), bytes),
        FeatureKind.Floats => Fill(Tensor.Allocate(DType.Float32, Shape.Vector(Count)), floats),
        FeatureKind.Integers => Fill(Tensor.Allocate(DType.Int64, Shape.Vector(Count)), integers),
        _ => throw EngineException.InvalidArgument("The feature holds no list."),
    };

    internal static Feature FromProto(Protos.Feature proto) => proto.KindCase switch
    {
        Protos.Feature.KindOneofCase.BytesList => new([.. proto.BytesList.Value.Select(v => v.ToByteArray())]),
        Protos.Feature.KindOneofCase.FloatList => new(proto.FloatList.Value.ToArray()),
        Protos.Feature.KindOneofCase.Int64List => new(proto.Int64List.Value.ToArray()),
        _ => None,
    };

    internal Protos.Feature ToProto()
    {
        var proto = new Protos.Feature();
        switch (Kind)
        {
            case FeatureKind.Bytes:
                proto.BytesList = new();
                proto.BytesList.Value.AddRange(bytes.Select(b => ByteString.CopyFrom(b)));
                break;
            case FeatureKind.Floats:
                proto.FloatList = new();
                proto.FloatList.Value.AddRange(floats);
                break;
            case FeatureKind.Integers:
                proto.Int64List = new();
                proto.Int64List.Value.AddRange(integers);
                break;
        }
        return proto;
    }

    private static Tensor Fill<T>(Tensor tensor, T[] values)
    {
        values.CopyTo(tensor.AsSpan<T>());
        return tensor;
    }
}
