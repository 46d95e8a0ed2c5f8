using System.Text;
using Engine.OpModel;
using Engine.Ops.Strings;

namespace Engine.Ops.Parsing;

/// <summary>Columns of comma-separated records; an empty field takes its column's default value.</summary>
[Op("DecodeCSV")]
internal sealed class DecodeCsv : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 1; i < c.InputCount; i++)
        {
            var shape = c.WithRankAtMost(c.Input(i), 1);
            if (shape.Rank == 1 && shape[0] > 1)
                throw c.Fail("Shape of a default must be a length-0 or length-1 vector, or a scalar.");
        }
        c.SetOutputs(c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var delimiter = node.Node.Attr("field_delim").AsBytes();
        if (delimiter.Length != 1)
            throw node.Fail("field_delim should be only 1 char");
        var columns = node.Ints("select_cols");
        if (columns.Length > 0 && columns.Length != node.OutputCount)
            throw node.Fail("select_cols should match output size");
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] < 0 || (i > 0 && columns[i] <= columns[i - 1]))
                throw node.Fail("select_cols should be strictly increasing indices, from 0 on");
        }
        if (node.Types("OUT_TYPE").Any(t => t is not (DType.Int32 or DType.Int64 or DType.Float32 or DType.Float64 or DType.String)))
            throw node.NoKernel();
        var csv = new CsvRecord(delimiter[0], node.Bool("use_quote_delim"), columns);
        var missing = node.Node.Attr("na_value").AsBytes();
        return Kernel.From(context =>
        {
            var records = context.Input(0);
            var outputs = new Tensor[context.OutputCount];
            for (var i = 0; i < outputs.Length; i++)
            {
                var value = context.Input(i + 1);
                if (value.Rank > 1)
                    throw EngineException.InvalidArgument($"Each record default should be at most rank 1, got {value.Shape}");
                if (value.Count > 1)
                    throw EngineException.InvalidArgument($"There should only be 1 default per field but field {i} has {value.Count}");
                outputs[i] = context.Allocate(i, records.Shape);
            }
            var strings = records.AsSpan<byte[]>();
            var fields = new List<byte[]>();
            for (var r = 0; r < strings.Length; r++)
            {
                csv.Split(strings[r], fields);
                if (fields.Count != outputs.Length)
                    throw EngineException.InvalidArgument($"Expect {outputs.Length} fields but have {fields.Count} in record {r}");
                for (var f = 0; f < outputs.Length; f++)
                {
                    if (fields[f].Length > 0 && !fields[f].AsSpan().SequenceEqual(missing))
                        Parse(fields[f], outputs[f], r, f);
                    else if (context.Input(f + 1).Count == 1)
                        SetDefault(context.Input(f + 1), outputs[f], r);
                    else
                        throw EngineException.InvalidArgument($"Field {f} is required but missing in record {r}!");
                }
            }
        }, isSequential: true);
    }

    private static void Parse(byte[] field, Tensor output, int record, int column)
    {
        var isValid = true;
        switch (output.Type)
        {
            case DType.Int32: isValid = NumberText.TryInteger(field, out output.AsSpan<int>()[record]); break;
            case DType.Int64: isValid = NumberText.TryInteger(field, out output.AsSpan<long>()[record]); break;
            case DType.Float32: isValid = NumberText.TrySingle(field, out output.AsSpan<float>()[record]); break;
            case DType.Float64: isValid = NumberText.TryDouble(field, out output.AsSpan<double>()[record]); break;
            default: output.AsSpan<byte[]>()[record] = field; break;
        }
        if (!isValid)
            throw EngineException.InvalidArgument($"Field {column} in record {record} is not a valid {output.Type.Name()}: {Encoding.UTF8.GetString(field)}");
    }

    private static void SetDefault(Tensor value, Tensor output, int record)
    {
        switch (output.Type)
        {
            case DType.Int32: output.AsSpan<int>()[record] = value.AsSpan<int>()[0]; break;
            case DType.Int64: output.AsSpan<long>()[record] = value.AsSpan<long>()[0]; break;
            case DType.Float32: output.AsSpan<float>()[record] = value.AsSpan<float>()[0]; break;
            case DType.Float64: output.AsSpan<double>()[record] = value.AsSpan<double>()[0]; break;
            default: output.AsSpan<byte[]>()[record] = value.AsSpan<byte[]>()[0]; break;
        }
    }
}
