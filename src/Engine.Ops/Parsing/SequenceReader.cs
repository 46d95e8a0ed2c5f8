using System.Text;
using Engine.Ops.Lookups;

namespace Engine.Ops.Parsing;

/// <summary>
/// Reads batches of <c>tf.SequenceExample</c> messages as TensorFlow's fast parser does: keys stand before values, of entries with one key the last counts,
/// and of a feature the first list, in one packed chunk or in single values.
/// </summary>
internal sealed class SequenceReader(SequenceFeatures features)
{
    private readonly Dictionary<byte[], WireReader> context = new(ByteStringComparer.Instance);
    private readonly Dictionary<byte[], WireReader> lists = new(ByteStringComparer.Instance);

    /// <summary>Reads a message.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is no such message, or does not fit the features.</exception>
    internal void Read(byte[] message, string name)
    {
        context.Clear();
        lists.Clear();
        if (!TryReadEntries(message))
            throw EngineException.InvalidArgument($"Invalid protocol message input, example id: {name}");
        foreach (var feature in features.Context)
            ReadContext(feature, name);
        foreach (var list in features.Lists)
            ReadList(list, name);
    }

    private bool TryReadEntries(byte[] message)
    {
        var reader = new WireReader(message, 0, message.Length);
        while (!reader.IsAtEnd)
        {
            var map = reader.TryTag(WireReader.Delimited(1)) ? context : reader.TryTag(WireReader.Delimited(2)) ? lists : null;
            if (map is null)
            {
                if (!reader.TrySkipField())
                    return false;
                continue;
            }
            if (!reader.TryPart(out var entries, clamp: true))
                return false;
            while (!entries.IsAtEnd)
            {
                if (!entries.TryTag(WireReader.Delimited(1)) || !entries.TryPart(out var entry, clamp: true) || !entry.TryTag(WireReader.Delimited(1)) || !entry.TryPart(out var key)
                    || !entry.TryTag(WireReader.Delimited(2)) || !entry.TryPart(out var value) || !entry.IsAtEnd)
                    return false;
                map[key.Span.ToArray()] = value;
            }
        }
        return true;
    }

    private void ReadContext(ExampleFeature feature, string name)
    {
        var key = Encoding.UTF8.GetString(feature.Key);
        if (context.TryGetValue(feature.Key, out var value) && !value.IsAtEnd)
        {
            if (!TryReadFeature(value, feature.Values))
                throw EngineException.InvalidArgument($"Name: {name}, Context feature: {key}.  Data types don't match. Expected type: {feature.Type.Name()}");
        }
        else if (feature.Kind == FeatureKind.Dense)
        {
            if (feature.Default!.Count == 0)
                throw EngineException.InvalidArgument($"Feature: {key} (data type: {feature.Type.Name()}) is required but could not be found.");
            ExampleParser.AddDefault(feature);
        }
        feature.Ends.Add(feature.Values.Count);
        if (feature.Kind == FeatureKind.Dense && feature.CountOf(feature.Ends.Count - 1) is var count && count != feature.Shape.Count)
            throw EngineException.InvalidArgument($"Inconsistent max number of elements for feature {key}: expected {feature.Shape.Count}, but found {count}");
    }

    private void ReadList(FeatureRows list, string name)
    {
        var key = Encoding.UTF8.GetString(list.Key);
        if (lists.TryGetValue(list.Key, out var rows))
        {
            for (var i = 0; !rows.IsAtEnd; i++)
            {
                if (!rows.TryTag(WireReader.Delimited(1)) || !rows.TryPart(out var row, clamp: true))
                    throw EngineException.InvalidArgument($"Invalid protocol message input, example id: {name}");
                if (!row.IsAtEnd && !TryReadFeature(row, list.Values))
                    throw EngineException.InvalidArgument($"Name: {name}, Feature list: {key}, Index: {i}.  Data types don't match. Expected type: {list.Type.Name()}");
                list.RowEnds.Add(list.Values.Count);
                if (list.Kind == FeatureKind.Dense && list.CountOf(list.RowEnds.Count - 1) is var count && count != list.RowShape.Count)
                    throw EngineException.InvalidArgument($"Name: {name}, Key: {key}, Index: {i}.  Number of values != expected.  values size: {count} but output shape: {list.RowShape}");
            }
        }
        else if (list.Kind == FeatureKind.Dense && !list.MayBeMissing)
        {
            throw EngineException.InvalidArgument($"Name: {name}, Feature list '{key}' is required but could not be found.  "
                + "Did you mean to include it in feature_list_dense_missing_assumed_empty or feature_list_dense_defaults?");
        }
        list.ExampleEnds.Add(list.RowEnds.Count);
    }

    private static bool TryReadFeature(WireReader feature, FeatureValues values)
    {
        var field = values.Type switch { DType.String => 1, DType.Float32 => 2, _ => 3 };
        return feature.TryTag(WireReader.Delimited(field)) && ExampleReader.TryReadValues(feature, values, isStrict: true);
    }
}
