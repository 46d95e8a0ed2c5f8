using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Engine.Io;
using Engine.Io.Ops;

namespace Engine.Conformance.Running;

/// <summary>
/// Lists or restores from a damaged checkpoint, a line of folder, prefix, tensor, dtype, code, message: with code 0 the message is the value's shape and the
/// beginning of its SHA-1. Where TensorFlow dies, overlooks the damage or runs out of memory, saying that data are lost is right.
/// </summary>
internal sealed class DamagedCheckpointCase(string record, string root)
{
    private readonly string[] columns = record.Split('\t');

    /// <exception cref="CaseFailedException">The answer is not one that is right.</exception>
    internal void Run()
    {
        var (folder, tensor) = (columns[0], columns[2]);
        var (code, message) = (columns[4], columns[5]);
        var prefix = Path.Combine(root, "corrupt", folder, columns[1]);
        string value;
        try
        {
            value = tensor == "-" ? List(prefix) : Restore(prefix, tensor, Type(columns[3]));
        }
        catch (EngineException e)
        {
            if (!Allowed(folder, code).Contains((int)e.Code))
                throw CaseFailedException.WrongError("reading", e, Code(code), message);
            return;
        }
        if (Code(code) != 0)
            throw CaseFailedException.NoError("reading", Code(code), message);
        if (value != message)
            throw CaseFailedException.WrongValue(new($"{tensor} is {value}, not {message}"));
    }

    private static int Code(string text) => text == "crash" ? (int)StatusCode.DataLoss : int.Parse(text, CultureInfo.InvariantCulture);

    // numpy's names.
    private static DType Type(string name) => name switch
    {
        "float32" => DType.Float32,
        "float64" => DType.Float64,
        _ => DTypes.Parse(name),
    };

    private static IEnumerable<int> Allowed(string folder, string code)
    {
        const int dataLoss = (int)StatusCode.DataLoss;
        yield return Code(code);
        if (Code(code) == (int)StatusCode.ResourceExhausted)
            yield return dataLoss;
        // What TensorFlow overlooks.
        var overlooked = folder.StartsWith("table_", StringComparison.Ordinal) || folder is "block_shared_too_long" or "block_value_overruns" or "header_missing";
        if (Code(code) is 0 or (int)StatusCode.NotFound && (overlooked || Code(code) != 0))
            yield return dataLoss;
        if (folder.StartsWith("footer_index_", StringComparison.Ordinal) || folder.StartsWith("block_handle_size_", StringComparison.Ordinal))
        {
            yield return (int)StatusCode.InvalidArgument;
            yield return (int)StatusCode.OutOfRange;
            yield return dataLoss;
        }
    }

    private static string List(string prefix)
    {
        using var reader = CheckpointReader.Open(prefix);
        return reader.Tensors.Count >= 0 ? "" : throw new InvalidOperationException();
    }

    private static string Restore(string prefix, string name, DType type)
    {
        var key = Encoding.UTF8.GetBytes(name);
        using var checkpoint = CheckpointReader.OpenFiles(prefix);
        using var t = RestoreV2.Read(RestoreV2.Find(checkpoint, [key], [type])[0], key, "");
        var bytes = t.Type == DType.String ? Encoding.UTF8.GetBytes(PythonList(t)) : t.Bytes();
        return $"[{string.Join(", ", t.Shape.Dims.ToArray())}] {Convert.ToHexStringLower(SHA1.HashData(bytes))[..8]}";
    }

    // The form in which Python prints a list of bytes.
    private static string PythonList(Tensor strings)
    {
        var text = new StringBuilder("[");
        foreach (var (i, item) in strings.ToArray<byte[]>().Index())
        {
            var quote = item.Contains((byte)'\'') && !item.Contains((byte)'"') ? '"' : '\'';
            text.Append(i == 0 ? "b" : ", b").Append(quote);
            foreach (var b in item)
            {
                text.Append(b switch
                {
                    (byte)'\t' => "\\t",
                    (byte)'\n' => "\\n",
                    (byte)'\r' => "\\r",
                    (byte)'\\' => "\\\\",
                    _ when b == quote => $"\\{quote}",
                    < 32 or > 126 => $"\\x{b:x2}",
                    _ => ((char)b).ToString(),
                });
            }
            text.Append(quote);
        }
        return text.Append(']').ToString();
    }
}
