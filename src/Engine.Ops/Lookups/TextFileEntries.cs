using System.Globalization;
using System.Text;
using Engine.Ops.Strings;

namespace Engine.Ops.Lookups;

/// <summary>Reads the entries of a table from a text file: columns, whole lines or line numbers.</summary>
internal sealed class TextFileEntries(string path, long keyIndex, long valueIndex, long limit, byte delimiter, long offset)
{
    private const long WholeLine = -2;
    private const long LineNumber = -1;

    /// <summary>Refuses columns that cannot be of the table's types.</summary>
    internal void CheckTypes(DType keys, DType values)
    {
        if (keyIndex == LineNumber && keys != DType.Int64)
            throw EngineException.InvalidArgument($"Key index for line number requires table key dtype of int64, got {keys.Name()}");
        if (keyIndex == WholeLine && keys != DType.String && !keys.IsInteger())
            throw EngineException.InvalidArgument($"Key index for whole line requires string or integer table key, got {keys.Name()}");
        if (valueIndex == LineNumber && values != DType.Int64)
            throw EngineException.InvalidArgument($"Value index for line number requires table value dtype of int64, got {values.Name()}");
        if (valueIndex == WholeLine && values != DType.String)
            throw EngineException.InvalidArgument($"Value index for whole line requires table value dtype of string, got {values.Name()}");
    }

    /// <summary>The entries as two vectors, for the caller to dispose.</summary>
    internal (Tensor Keys, Tensor Values) Read(DType keyType, DType valueType)
    {
        var lines = Lines(ReadFile());
        if (limit >= 0 && lines.Count < limit)
            throw EngineException.InvalidArgument($"Invalid vocab_size in {path}: expected {limit} but got {lines.Count}");
        var count = limit < 0 ? lines.Count : (int)limit;
        if (count == 0)
            throw EngineException.OutOfRange($"{path} has no lines");
        var keys = Tensor.Allocate(keyType, Shape.Vector(count));
        var values = Tensor.Allocate(valueType, Shape.Vector(count));
        for (var i = 0; i < count; i++)
        {
            var line = lines[i];
            if (line.Length == 0)
                throw EngineException.InvalidArgument($"Invalid content in {path}: empty line found at line {i}");
            var columns = Math.Max(keyIndex, valueIndex) >= 0 ? Split(line) : [];
            if (Math.Max(keyIndex, valueIndex) >= columns.Count && columns.Count > 0)
            {
                throw EngineException.InvalidArgument(
                    $"Invalid number of columns in {path} line {i} ({Encoding.UTF8.GetString(line)}) : expected {Math.Max(keyIndex, valueIndex)} got {columns.Count}");
            }
            Set(keys, i, keyIndex, line, columns);
            Set(values, i, valueIndex, line, columns);
        }
        return (keys, values);
    }

    private static List<byte[]> Lines(byte[] content)
    {
        var lines = new List<byte[]>();
        var rest = content.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            // Carriage returns are dropped wherever they are.
            lines.Add(line.Contains((byte)'\r') ? [.. line.ToArray().Where(b => b != '\r')] : line.ToArray());
        }
        return lines;
    }

    private byte[] ReadFile()
    {
        try
        {
            if (Directory.Exists(path))
                throw EngineException.FailedPrecondition($"{path}; Is a directory");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EngineException(StatusCode.NotFound, $"{path}; No such file or directory", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EngineException(StatusCode.PermissionDenied, $"{path}; Permission denied", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new EngineException(StatusCode.InvalidArgument, $"{path}: {e.Message}", e);
        }
    }

    private List<byte[]> Split(ReadOnlySpan<byte> line)
    {
        var columns = new List<byte[]>();
        foreach (var range in line.Split(delimiter))
            columns.Add(line[range].ToArray());
        return columns;
    }

    private void Set(Tensor tensor, int i, long index, byte[] line, List<byte[]> columns)
    {
        if (index == LineNumber)
        {
            tensor.AsSpan<long>()[i] = i + offset;
            return;
        }
        var token = index == WholeLine ? line : columns[(int)index];
        var isValid = true;
        switch (tensor.Type)
        {
            case DType.String: tensor.AsSpan<byte[]>()[i] = token; break;
            case DType.Int32: isValid = NumberText.TryInteger(token, out tensor.AsSpan<int>()[i]); break;
            case DType.Int64: isValid = NumberText.TryInteger(token, out tensor.AsSpan<long>()[i]); break;
            case DType.Float32: isValid = NumberText.TrySingle(token, out tensor.AsSpan<float>()[i]); break;
            case DType.Float64: isValid = NumberText.TryDouble(token, out tensor.AsSpan<double>()[i]); break;
            default: throw EngineException.InvalidArgument($"Data type {tensor.Type.Name()} not supported.");
        }
        if (!isValid)
            throw EngineException.InvalidArgument(string.Create(CultureInfo.InvariantCulture, $"Field {Encoding.UTF8.GetString(token)} in line {i} is not a valid {tensor.Type.Name()}."));
    }
}
