namespace Engine.Cli.Checkpoints;

/// <summary>The help of inspect_checkpoint, laid out as argparse does.</summary>
internal static class InspectHelp
{
    internal static void Print(TextWriter output)
    {
        output.WriteLine("usage: inspect_checkpoint.py [-h] [--file_name FILE_NAME]");
        foreach (var more in (ReadOnlySpan<string>)["[--tensor_name TENSOR_NAME]", "[--count_exclude_pattern COUNT_EXCLUDE_PATTERN]", "[--all_tensors [ALL_TENSORS]]", "[--all_tensor_names [ALL_TENSOR_NAMES]]", "[--printoptions [PRINTOPTIONS ...]]"])
            output.WriteLine(new string(' ', 29) + more);
        output.WriteLine();
        output.WriteLine("options:");
        Option(output, "-h, --help", "show this help message and exit");
        Option(output, "--file_name FILE_NAME", "Checkpoint filename. Note, if using Checkpoint V2", "format, file_name is the shared prefix between all", "files in the checkpoint.");
        Option(output, "--tensor_name TENSOR_NAME", "Name of the tensor to inspect");
        Option(output, "--count_exclude_pattern COUNT_EXCLUDE_PATTERN", "Pattern to exclude tensors, e.g., from optimizers,", "when counting.");
        Option(output, "--all_tensors [ALL_TENSORS]", "If True, print the names and values of all the", "tensors.");
        Option(output, "--all_tensor_names [ALL_TENSOR_NAMES]", "If True, print the names of all the tensors.");
        Option(output, "--printoptions [PRINTOPTIONS ...]", "Argument for numpy.set_printoptions(), in the form", "'k=v'.");
    }

    private static void Option(TextWriter output, string name, params ReadOnlySpan<string> lines)
    {
        const int column = 24;
        var isShort = name.Length <= column - 4;
        output.WriteLine(isShort ? $"  {name}".PadRight(column) + lines[0] : $"  {name}");
        foreach (var line in isShort ? lines[1..] : lines)
            output.WriteLine(new string(' ', column) + line);
    }
}
