using Engine.Ops.Strings;

namespace Engine.Ops.Lookups;

/// <summary>
/// A hash table in one array of buckets, with quadratic probing; two keys are set aside to mark empty and deleted buckets. The order of the buckets shows in
/// what it exports, and so follows from TensorFlow's hash of a key.
/// </summary>
internal sealed class DenseTable : LookupTable
{
    private readonly float maxLoad;
    private readonly Tensor emptyKey;
    private readonly Tensor? deletedKey;
    private readonly ValueRows marks;
    private readonly ValueRows valueRows;
    private Buckets buckets;

    /// <summary>An empty table.</summary>
    /// <param name="emptyKey">The key of a bucket never used; given away.</param>
    /// <param name="deletedKey">The key of a bucket whose entry was removed, if entries can be; given away.</param>
    /// <param name="valueType">Element type of values.</param>
    /// <param name="valueShape">Shape of a value.</param>
    /// <param name="bucketCount">Number of buckets, a power of two.</param>
    /// <param name="maxLoad">The part of the buckets that may be used.</param>
    internal DenseTable(Tensor emptyKey, Tensor? deletedKey, DType valueType, Shape valueShape, long bucketCount, float maxLoad)
        : base(emptyKey.Type, valueType, emptyKey.Shape, valueShape)
    {
        if (!(maxLoad > 0 && maxLoad < 1))
            throw EngineException.InvalidArgument($"max_load_factor must be between 0 and 1, got: {maxLoad}");
        if (valueShape.Rank > 1)
            throw EngineException.InvalidArgument($"Empty value must be a scalar or a vector, got shape {valueShape}");
        if (emptyKey.Rank > 1)
            throw EngineException.InvalidArgument($"Empty key must be a scalar or a vector, got shape {emptyKey.Shape}");
        valueRows = new ValueRows(valueType, valueShape.Count);
        marks = new ValueRows(emptyKey.Type, emptyKey.Count);
        marks.Resize(2);
        marks.Set(0, emptyKey, 0);
        if (deletedKey is not null)
        {
            if (deletedKey.Shape != emptyKey.Shape)
                throw EngineException.InvalidArgument($"Empty and deleted keys must have same shape, got shapes: {emptyKey.Shape} and {deletedKey.Shape}");
            if (marks.Equals(0, deletedKey, 0))
                throw EngineException.InvalidArgument("Empty and deleted keys cannot be equal");
            marks.Set(1, deletedKey, 0);
        }
        this.emptyKey = emptyKey;
        this.deletedKey = deletedKey;
        this.maxLoad = maxLoad;
        buckets = Make(bucketCount);
    }

    internal override long Size
    {
        get
        {
            lock (Gate)
                return buckets.Used;
        }
    }

    internal override void Find(Tensor keys, Tensor values, Tensor defaultValue)
    {
        var count = Count(keys);
        lock (Gate)
        {
            for (var i = 0L; i < count; i++)
            {
                CheckUsable(keys, i);
                if (Locate(keys, i, out var bucket))
                    buckets.Values.Get(bucket, values, i);
                else
                    valueRows.Copy(defaultValue, 0, values, i);
            }
        }
    }

    internal override void Insert(Tensor keys, Tensor values)
    {
        var count = Count(keys);
        lock (Gate)
        {
            var wanted = buckets.Used + count;
            if (wanted > buckets.Count * maxLoad)
            {
                var grown = buckets.Count;
                while (wanted > grown * maxLoad)
                    grown *= 2;
                Rebuild(grown);
            }
            Set(keys, values, count, ignoreMarks: false);
        }
    }

    internal override void Remove(Tensor keys)
    {
        var count = Count(keys);
        lock (Gate)
        {
            for (var i = 0L; i < count; i++)
            {
                CheckUsable(keys, i);
                if (!Locate(keys, i, out var bucket))
                    continue;
                if (deletedKey is null)
                    throw EngineException.InvalidArgument("A table without a deleted_key cannot remove keys.");
                buckets.Keys.Set(bucket, deletedKey, 0);
                buckets.Used--;
            }
        }
    }

    // What is exported has a dimension for the key's elements even when the key is a scalar.
    internal override void CheckImport(Tensor keys, Tensor values)
    {
        CheckTypes(keys, values);
        if (keys.Rank == 0 || values.Rank == 0 || values.Shape[0] != Count(keys) || values.Count != Count(keys) * ValueShape.Count)
            throw EngineException.InvalidArgument($"Keys {keys.Shape} and values {values.Shape} do not fit keys {KeyShape} and values {ValueShape}.");
    }

    /// <summary>Takes over an exported table: as many buckets, those that are empty or deleted left out.</summary>
    internal override void Import(Tensor keys, Tensor values)
    {
        var count = Count(keys);
        lock (Gate)
        {
            buckets = Make(count);
            Set(keys, values, count, ignoreMarks: true);
        }
    }

    internal override (Tensor Keys, Tensor Values) Export()
    {
        lock (Gate)
        {
            // A scalar is exported as a row of one.
            var keyShape = Shape.Vector(buckets.Count).Concat(KeyShape.Rank == 0 ? Shape.Vector(1) : KeyShape);
            var keys = Tensor.Allocate(KeyType, keyShape);
            var values = Tensor.Allocate(ValueType, Shape.Vector(buckets.Count).Concat(ValueShape.Rank == 0 ? Shape.Vector(1) : ValueShape));
            for (var i = 0L; i < buckets.Count; i++)
            {
                buckets.Keys.Get(i, keys, i);
                buckets.Values.Get(i, values, i);
            }
            return (keys, values);
        }
    }

    protected override void Release()
    {
        emptyKey.Dispose();
        deletedKey?.Dispose();
    }

    private Buckets Make(long count)
    {
        if (count < 4 || (count & (count - 1)) != 0)
            throw EngineException.InvalidArgument($"Number of buckets must be at least 4 and a power of 2, got: {count}");
        var made = new Buckets(count, new ValueRows(KeyType, KeyShape.Count), new ValueRows(ValueType, ValueShape.Count));
        made.Keys.Resize(count);
        made.Values.Resize(count);
        for (var i = 0L; i < count; i++)
            made.Keys.Set(i, emptyKey, 0);
        return made;
    }

    private long Count(Tensor keys)
    {
        var count = keys.Rank == 0 ? 1 : keys.Shape[0];
        return keys.Count == count * KeyShape.Count ? count
            : throw EngineException.InvalidArgument($"Expected key shape {Shape.Vector(count).Concat(KeyShape)} got {keys.Shape}");
    }

    private void Set(Tensor keys, Tensor values, long count, bool ignoreMarks)
    {
        for (var i = 0L; i < count; i++)
        {
            if (ignoreMarks ? IsMark(keys, i) : CheckUsable(keys, i))
                continue;
            if (!Locate(keys, i, out var bucket))
            {
                buckets.Keys.Set(bucket, keys, i);
                buckets.Used++;
            }
            buckets.Values.Set(bucket, values, i);
        }
    }

    private void Rebuild(long count)
    {
        var (keys, values) = Export();
        using (keys)
        using (values)
        {
            buckets = Make(count);
            Set(keys, values, keys.Shape[0], ignoreMarks: true);
        }
    }

    /// <summary>The bucket of key <paramref name="i"/>, or, if it is not there, where it goes: the first deleted bucket on its way, else the empty one.</summary>
    private bool Locate(Tensor keys, long i, out long bucket)
    {
        var mask = buckets.Count - 1;
        var at = (long)(Hash(keys, i) & (ulong)mask);
        bucket = -1;
        for (var probes = 1L; probes <= buckets.Count; probes++)
        {
            if (buckets.Keys.Equals(at, keys, i))
            {
                bucket = at;
                return true;
            }
            if (buckets.Keys.Equals(at, emptyKey, 0))
            {
                if (bucket < 0)
                    bucket = at;
                return false;
            }
            if (bucket < 0 && deletedKey is not null && buckets.Keys.Equals(at, deletedKey, 0))
                bucket = at;
            at = (at + probes) & mask;
        }
        return bucket < 0 ? throw EngineException.Internal("Internal error in MutableDenseHashTable: no bucket is free") : false;
    }

    private ulong Hash(Tensor keys, long i)
    {
        var width = KeyShape.Count;
        if (width == 1)
            return HashElement(keys, i);
        var hash = 0UL;
        for (var k = 0L; k < width; k++)
            hash ^= HashElement(keys, i * width + k) + 0x9E3779B97F4A7800UL + (hash << 10) + (hash >> 4);
        return hash;
    }

    private static ulong HashElement(Tensor keys, long element) => keys.Type switch
    {
        DType.Int32 => (ulong)keys.AsSpan<int>()[(int)element],
        DType.Int64 => (ulong)keys.AsSpan<long>()[(int)element],
        _ => Hash64.Of(keys.AsSpan<byte[]>()[(int)element]),
    };

    private bool IsMark(Tensor keys, long i) => marks.Equals(0, keys, i) || (deletedKey is not null && marks.Equals(1, keys, i));

    /// <summary>Refuses the keys that are set aside; false otherwise.</summary>
    private bool CheckUsable(Tensor keys, long i)
        => !IsMark(keys, i) ? false : throw EngineException.InvalidArgument("Using the empty_key or the deleted_key as a table key is not allowed");

    private sealed class Buckets(long count, ValueRows keys, ValueRows values)
    {
        internal long Count => count;

        internal ValueRows Keys => keys;

        internal ValueRows Values => values;

        internal long Used { get; set; }
    }
}
