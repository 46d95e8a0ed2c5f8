using System.Text;
using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>Fills a table from a text file; a table that is filled already stays as it is.</summary>
[Op("InitializeTableFromTextFileV2", "InitializeTableFromTextFile")]
internal sealed class InitializeTableFromTextFile : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        TableHandle.CheckShape(c);
        c.Input(1, 0);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (keyIndex, valueIndex) = (node.Int("key_index"), node.Int("value_index"));
        var (limit, offset) = (node.Int("vocab_size"), node.Int("offset"));
        var delimiter = node.Node.Attr("delimiter").AsBytes();
        if (delimiter.Length != 1)
            throw node.Fail("delimiter should be only 1 char");
        if (keyIndex < -2 || valueIndex < -2 || limit < -1)
            throw node.Fail("key_index and value_index must be -2 or more, vocab_size -1 or more");
        return Kernel.From(context =>
        {
            var table = TableHandle.StaticTable(context);
            var name = context.Input(1);
            if (name.Count != 1)
                throw EngineException.InvalidArgument($"filename should be a single string, but got {name.Shape}");
            var entries = new TextFileEntries(Encoding.UTF8.GetString(name.AsSpan<byte[]>()[0]), keyIndex, valueIndex, limit, delimiter[0], offset);
            entries.CheckTypes(table.KeyType, table.ValueType);
            if (table.IsInitialized)
                return;
            var (keys, values) = entries.Read(table.KeyType, table.ValueType);
            using (keys)
            using (values)
                table.Import(keys, values);
        });
    }
}
