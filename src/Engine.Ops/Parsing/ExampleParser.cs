using System.Text;
using Engine.Ops.Arrays;
using Engine.Ops.Lookups;
using Engine.Runtime;

namespace Engine.Ops.Parsing;

/// <summary>Parses a batch of examples, or a single one, into the tensors of the features asked for.</summary>
internal sealed class ExampleParser(IReadOnlyList<ExampleFeature> features)
{
    private readonly Dictionary<byte[], ExampleFeature> byKey = Index(features);

    /// <summary>Reads an example.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is no example, or does not fit the features.</exception>
    internal void Read(byte[] example, int index)
    {
        var entries = new List<(byte[] Name, WireReader Feature)>();
        if (!ExampleReader.TryRead(example, entries))
            throw EngineException.InvalidArgument($"Could not parse example input, value: '{Encoding.UTF8.GetString(example)}'");
        // Of entries with one key the last counts.
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (!byKey.TryGetValue(entries[i].Name, out var feature))
                continue;
            var reader = entries[i].Feature;
            var type = ExampleReader.ReadType(ref reader);
            Read(feature, reader, type, index);
        }
        foreach (var feature in features)
        {
            if (feature.Ends.Count > index)
                continue;
            if (feature.Kind == FeatureKind.Dense && !feature.IsPadded)
            {
                if (feature.Default!.Count == 0)
                    throw EngineException.InvalidArgument($"Feature: {Name(feature)} (data type: {feature.Type.Name()}) is required but could not be found.");
                AddDefault(feature);
            }
            feature.Ends.Add(feature.Values.Count);
        }
    }

    /// <summary>Sets the outputs.</summary>
    /// <param name="context">The kernel's run.</param>
    /// <param name="isBatch">Whether tensors have a dimension for the examples.</param>
    internal void Write(KernelContext context, bool isBatch)
    {
        var sparse = features.Where(f => f.Kind == FeatureKind.Sparse).ToArray();
        var dense = features.Where(f => f.Kind == FeatureKind.Dense).ToArray();
        var ragged = features.Where(f => f.Kind == FeatureKind.Ragged).ToArray();
        for (var i = 0; i < sparse.Length; i++)
            WriteSparse(context, sparse[i], (i, sparse.Length + i, 2 * sparse.Length + i), isBatch);
        for (var i = 0; i < dense.Length; i++)
            WriteDense(context, dense[i], 3 * sparse.Length + i, isBatch);
        var next = 3 * sparse.Length + dense.Length;
        for (var i = 0; i < ragged.Length; i++)
        {
            var feature = ragged[i];
            feature.Values.CopyTo(0, feature.Values.Count, context.Allocate(next + i, Shape.Vector(feature.Values.Count)), 0);
            long[] splits = isBatch ? [0, .. feature.Ends.Select(e => (long)e)] : [];
            IndexTensor.Write(splits, context.Allocate(next + ragged.Length + i, Shape.Vector(splits.Length)));
        }
    }

    private static Dictionary<byte[], ExampleFeature> Index(IReadOnlyList<ExampleFeature> features)
    {
        // A key that is asked for twice is never found, as in TensorFlow.
        var index = new Dictionary<byte[], ExampleFeature>(ByteStringComparer.Instance);
        foreach (var group in features.GroupBy(f => f.Key, ByteStringComparer.Instance).Where(g => g.Count() == 1))
            index.Add(group.Key, group.First());
        return index;
    }

    private static string Name(ExampleFeature feature) => Encoding.UTF8.GetString(feature.Key);

    private static void Read(ExampleFeature feature, WireReader reader, DType type, int index)
    {
        // A dense feature without values is as one that is not there; a sparse one is there, and empty.
        if (feature.Ends.Count > index || (type == DType.Invalid && feature.Kind == FeatureKind.Dense))
            return;
        if (type != DType.Invalid)
        {
            if (type != feature.Type)
                throw EngineException.InvalidArgument($"Key: {Name(feature)}, Index: {index}.  Data types don't match. Expected type: {feature.Type.Name()}, Actual type: {type.Name()}");
            if (!ExampleReader.TryReadValues(reader, feature.Values))
                throw EngineException.InvalidArgument($"Key: {Name(feature)}, Index: {index}.  Can't parse serialized Example.");
        }
        feature.Ends.Add(feature.Values.Count);
        if (feature.Kind != FeatureKind.Dense)
            return;
        var count = feature.CountOf(index);
        if (feature.IsPadded ? feature.Stride == 0 ? count != 0 : count % feature.Stride != 0 : count != feature.Stride)
            throw EngineException.InvalidArgument($"Key: {Name(feature)}, Index: {index}.  Number of {feature.Type.Name()} values != expected.  Values size: {count} but output shape: {feature.Shape}");
    }

    /// <summary>Adds the default value of a dense feature.</summary>
    internal static void AddDefault(ExampleFeature feature)
    {
        switch (feature.Type)
        {
            case DType.Int64: Repeat(feature.Values.Integers, feature.Default!.AsSpan<long>(), feature.Stride); break;
            case DType.Float32: Repeat(feature.Values.Floats, feature.Default!.AsSpan<float>(), feature.Stride); break;
            default: Repeat(feature.Values.Strings, feature.Default!.AsSpan<byte[]>(), feature.Stride); break;
        }
    }

    private static void Repeat<T>(List<T> list, ReadOnlySpan<T> values, long count)
    {
        for (var i = 0; i < count; i++)
            list.Add(values[values.Length == 1 ? 0 : i]);
    }

    /// <summary>Sets indices, values and shape of a sparse feature.</summary>
    internal static void WriteSparse(KernelContext context, ExampleFeature feature, (int Indices, int Values, int Shape) outputs, bool isBatch)
    {
        var total = feature.Values.Count;
        var rank = isBatch ? 2 : 1;
        var indices = context.Allocate(outputs.Indices, total, rank).AsSpan<long>();
        feature.Values.CopyTo(0, total, context.Allocate(outputs.Values, Shape.Vector(total)), 0);
        var longest = 0;
        for (int example = 0, i = 0; example < feature.Ends.Count; example++)
        {
            var count = feature.CountOf(example);
            longest = Math.Max(longest, count);
            for (var k = 0; k < count; k++)
            {
                if (isBatch)
                    indices[i++] = example;
                indices[i++] = k;
            }
        }
        long[] shape = isBatch ? [feature.Ends.Count, longest] : [longest];
        shape.CopyTo(context.Allocate(outputs.Shape, Shape.Vector(rank)).AsSpan<long>());
    }

    private static void WriteDense(KernelContext context, ExampleFeature feature, int output, bool isBatch)
    {
        var examples = feature.Ends.Count;
        var batch = isBatch ? Shape.Vector(examples) : Shape.Scalar;
        if (!feature.IsPadded)
        {
            feature.Values.CopyTo(0, feature.Values.Count, context.Allocate(output, batch.Concat(feature.Shape.ToShape())), 0);
            return;
        }
        var longest = Enumerable.Range(0, examples).Select(feature.CountOf).DefaultIfEmpty(0).Max();
        var rows = feature.Stride == 0 ? 0 : longest / feature.Stride;
        var result = context.Allocate(output, batch.Concat(Shape.Vector(rows)).Concat(feature.Shape.Slice(1).ToShape()));
        Fill(result, feature.Default!);
        for (var example = 0; example < examples; example++)
            feature.Values.CopyTo(feature.StartOf(example), feature.CountOf(example), result, (long)example * longest);
    }

    private static void Fill(Tensor tensor, Tensor padding)
    {
        switch (tensor.Type)
        {
            case DType.Int64: tensor.AsSpan<long>().Fill(padding.AsSpan<long>()[0]); break;
            case DType.Float32: tensor.AsSpan<float>().Fill(padding.AsSpan<float>()[0]); break;
            default: tensor.AsSpan<byte[]>().Fill(padding.AsSpan<byte[]>()[0]); break;
        }
    }
}
