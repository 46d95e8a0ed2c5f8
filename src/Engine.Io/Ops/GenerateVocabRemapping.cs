using System.Text;
using Engine.Io.Readers;
using Engine.Io.Records;
using Engine.OpModel;
using Engine.Ops.Lookups;
using Engine.Runtime;

namespace Engine.Io.Ops;

/// <summary>For each word of a part of a new vocabulary, its number in an old one; -1 for words that are new.</summary>
[Op("GenerateVocabRemapping")]
internal sealed class GenerateVocabRemapping : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        c.Input(1, 0);
        c.SetOutput(0, [c.Attr("num_new_vocab").AsInt()]);
        c.SetOutput(1, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (offset, count, oldSize) = (node.Int("new_vocab_offset"), node.Int("num_new_vocab"), node.Int("old_vocab_size"));
        if (offset < 0 || count < 0 || oldSize < -1)
            throw node.Fail("new_vocab_offset and num_new_vocab must be >= 0, old_vocab_size >= -1");
        return new FileKernel(context =>
        {
            var fresh = Words(StringArguments.Path(context, 0, "new_vocab_file"), -1);
            if (fresh.Count <= 0 || offset > fresh.Count || count > fresh.Count - offset)
                throw EngineException.InvalidArgument($"lookup table size must be larger than last new vocab entry's line ({fresh.Count} lines for {offset} + {count})");
            var numbers = new Dictionary<byte[], long>(ByteStringComparer.Instance);
            foreach (var word in Words(StringArguments.Path(context, 1, "old_vocab_file"), oldSize))
            {
                if (!numbers.TryAdd(word, numbers.Count))
                    throw EngineException.FailedPrecondition($"HashTable has different value for same key. Key {Encoding.UTF8.GetString(word)} is there twice");
            }
            Write(context, fresh, numbers, (int)offset, (int)count);
        });
    }

    private static void Write(KernelContext context, List<byte[]> fresh, Dictionary<byte[], long> numbers, int offset, int count)
    {
        var remapping = context.Allocate(0, Shape.Vector(count)).AsSpan<long>();
        var present = 0;
        for (var i = 0; i < count; i++)
        {
            remapping[i] = numbers.GetValueOrDefault(fresh[offset + i], -1);
            present += remapping[i] >= 0 ? 1 : 0;
        }
        context.MoveOutput(1, Tensor.Scalar(present));
    }

    private static List<byte[]> Words(string path, long limit)
    {
        using var lines = new TextLines(path, RecordCompression.None);
        var words = new List<byte[]>();
        while ((limit < 0 || words.Count < limit) && lines.Next() is { } line)
            words.Add(line);
        return limit < 0 || words.Count == limit ? words : throw EngineException.InvalidArgument($"Invalid vocab_size in {path}: expected {limit} but got {words.Count}");
    }
}
