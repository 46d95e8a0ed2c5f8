using System.Text;
using System.Text.RegularExpressions;
using Engine.Cli.Flags;
using Engine.Cli.SavedModels;
using Engine.Io;
using Engine.Io.Numpy;
using Engine.Io.Python;
using Engine.Io.SavedModels;

namespace Engine.Cli.Checkpoints;

/// <summary><c>engine inspect_checkpoint ARGS</c>: lists and prints the tensors of a checkpoint, as TensorFlow 2.15.1's inspect_checkpoint does.</summary>
internal sealed class InspectCheckpoint(Terminal terminal, InspectArguments arguments)
{
    private const string Usage = "Usage: inspect_checkpoint --file_name=checkpoint_file_name [--tensor_name=tensor_to_print] [--all_tensors] [--all_tensor_names] [--printoptions]";

    internal static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        try
        {
            var parsed = InspectArguments.Parse(arguments);
            if (parsed.Help)
            {
                InspectHelp.Print(terminal.Out);
                return 0;
            }
            // What is left over goes to the parser that all of TensorFlow's tools have.
            var rest = StrictFlags.Read([.. SavedModelFlags.All.Except(SavedModelFlags.Own)], parsed.Rest);
            if (rest.Has("help") || rest.Has("helpshort") || rest.Has("helpfull") || rest.Has("helpxml") || rest.Has("?"))
            {
                InspectHelp.Print(terminal.Out);
                return 1;
            }
            if (rest.Has("only_check_args") || rest.Has("only_check_flags"))
                return 0;
            if (parsed.FileName.Length > 0)
            {
                new InspectCheckpoint(terminal, parsed).Print();
                return 0;
            }
            terminal.Out.WriteLine(Usage);
            return 1;
        }
        catch (UsageException e)
        {
            terminal.Error.WriteLine(e.Message);
            return e.ExitCode;
        }
    }

    /// <summary>What goes wrong is printed like a result, and is no failure: so it is in TensorFlow.</summary>
    private void Print()
    {
        try
        {
            using var reader = CheckpointReader.Open(arguments.FileName);
            if (arguments.AllTensors || arguments.AllTensorNames)
            {
                foreach (var tensor in reader.Tensors.OrderBy(t => t.Name, CodePointOrder.Instance))
                    Tensor(reader, tensor, arguments.AllTensors, mayFail: true);
            }
            else if (arguments.TensorName.Length == 0)
            {
                terminal.Out.WriteLine(Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("")).GetString(reader.DebugBytes()));
            }
            else if (reader.Find(arguments.TensorName) is { } found)
            {
                Tensor(reader, found, true, mayFail: false);
            }
            else
            {
                terminal.Out.WriteLine($"Tensor {arguments.TensorName} not found in checkpoint");
                return;
            }
            Total(reader);
        }
        catch (Exception e) when (e is EngineException or ArgumentException)
        {
            terminal.Out.WriteLine(e is PythonException python ? python.Text : e is InvalidModelException model ? CheckpointErrors.Text(model, arguments.FileName) : e.Message);
        }
    }

    private void Tensor(CheckpointReader reader, CheckpointTensor tensor, bool withValue, bool mayFail)
    {
        terminal.Out.WriteLine($"tensor: {tensor.Name} ({NumpyType.PythonName(tensor.Type)}) [{string.Join(", ", tensor.Shape.Dims.ToArray())}]");
        if (!withValue)
            return;
        if (mayFail && tensor.Type is DType.Variant or DType.Resource)
        {
            terminal.Out.WriteLine("<not convertible to a numpy dtype>");
            return;
        }
        // TensorFlow's tool reads less of old checkpoints than we could.
        if (reader.IsV1 && reader.Checkpoint.ListStored().Any(t => t.Parts > 1 && Encoding.UTF8.GetString(t.Name) == tensor.Name))
            throw new PythonException("RuntimeError", "Sliced checkpoints are not supported");
        if (reader.IsV1 && (tensor.Type is DType.Float16 or DType.UInt16 or DType.Complex128 || tensor.Type.IsQuantized()))
            throw new PythonException("RuntimeError", "Data type not supported");
        using var value = reader.Read(tensor.Name);
        terminal.Out.WriteLine(TensorArrays.Print(value, arguments.Print.Options));
    }

    private void Total(CheckpointReader reader)
    {
        IEnumerable<CheckpointTensor> counted = reader.Tensors;
        if (arguments.ExcludePattern.Length > 0)
        {
            var pattern = new Regex(arguments.ExcludePattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
            var excluded = counted.Where(t => pattern.IsMatch(t.Name)).ToList();
            terminal.Out.WriteLine($"# Excluding {excluded.Count} tensors ({excluded.Sum(t => t.Shape.Count)} params) that match {arguments.ExcludePattern} when counting.");
            counted = counted.Except(excluded);
        }
        terminal.Out.WriteLine($"# Total number of params: {counted.Sum(t => t.Shape.Count)}");
    }
}
