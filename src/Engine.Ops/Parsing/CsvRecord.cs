namespace Engine.Ops.Parsing;

/// <summary>Splits a record of comma-separated values (RFC 4180, with TensorFlow's leniency at line ends).</summary>
internal sealed class CsvRecord(byte delimiter, bool hasQuotes, long[] columns)
{
    /// <summary>The fields asked for.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for misplaced quotes or line ends.</exception>
    internal void Split(ReadOnlySpan<byte> record, List<byte[]> fields)
    {
        fields.Clear();
        if (record.IsEmpty)
            return;
        var field = new List<byte>();
        var count = 0L;
        for (var at = 0; at < record.Length;)
        {
            if (record[at] is (byte)'\n' or (byte)'\r')
            {
                at++;
                continue;
            }
            field.Clear();
            at = hasQuotes && record[at] == '"' ? ReadQuoted(record, at + 1, field) : ReadPlain(record, at, field);
            if (IsWanted(count++, fields.Count))
            {
                fields.Add([.. field]);
                if (fields.Count == columns.Length)
                    return;
            }
        }
        if (record[^1] == delimiter && IsWanted(count, fields.Count))
            fields.Add([]);
    }

    private bool IsWanted(long column, int next) => columns.Length == 0 || columns[next] == column;

    private int ReadPlain(ReadOnlySpan<byte> record, int at, List<byte> field)
    {
        for (; at < record.Length && record[at] != delimiter; at++)
        {
            if ((hasQuotes && record[at] == '"') || record[at] is (byte)'\n' or (byte)'\r')
                throw EngineException.InvalidArgument("Unquoted fields cannot have quotes/CRLFs inside");
            field.Add(record[at]);
        }
        return at + 1;
    }

    private int ReadQuoted(ReadOnlySpan<byte> record, int at, List<byte> field)
    {
        while (at < record.Length - 1 && (record[at] != '"' || record[at + 1] != delimiter))
        {
            if (record[at] == '"' && record[++at] != '"')
                throw EngineException.InvalidArgument("Quote inside a string has to be escaped by another quote");
            field.Add(record[at++]);
        }
        if (at >= record.Length || record[at] != '"')
            throw EngineException.InvalidArgument("Quoted field has to end with quote followed by delim or end");
        return at + 2;
    }
}
