using Engine.Cli.Flags;

namespace Engine.Cli.SavedModels;

/// <summary>The flags of saved_model_cli.</summary>
internal static class SavedModelFlags
{
    /// <summary>Those of the tool's own commands.</summary>
    internal static IReadOnlyList<Flag> Own { get; } =
    [
        new("dir", FlagKind.Text, null, "The folder of the SavedModel."),
        new("all", FlagKind.Switch, "false", "Shows everything that the SavedModel says about itself."),
        new("tag_set", FlagKind.Text, null, "The tags of the graph, separated by commas."),
        new("signature_def", FlagKind.Text, null, "The key of the signature."),
        new("list_ops", FlagKind.Switch, "false", "Lists the op types of the graph too."),
        new("inputs", FlagKind.Text, "", "Inputs from files, key=file or key=file[variable], separated by ';': .npy, .npz or pickle."),
        new("input_exprs", FlagKind.Text, "", "Inputs as Python literals or numpy expressions, key=expression, separated by ';'. They count more than --inputs."),
        new("input_examples", FlagKind.Text, "", "Inputs as tf.train.Example, key=[{feature: values}], separated by ';'. They count most."),
        new("outdir", FlagKind.Text, null, "Saves the outputs in this folder too."),
        new("overwrite", FlagKind.Switch, "false", "Replaces output files that are there."),
        new("tf_debug", FlagKind.Switch, "false", "Steps through the graph while it runs."),
        new("worker", FlagKind.Text, null, "The address of a TensorFlow worker; not available here."),
        new("init_tpu", FlagKind.Switch, "false", "Initialises a TPU first; not available here."),
        new("use_tfrt", FlagKind.Switch, "false", "Uses TensorFlow's other runtime; not available here."),
        new("op_denylist", FlagKind.Text, null, "The op types to look for, separated by commas; WriteFile, ReadFile and PrintV2 if none are given."),
        new("output_dir", FlagKind.Text, null, "The folder for a converted SavedModel."),
        new("max_workspace_size_bytes", FlagKind.Integer, "2097152", "Memory for TensorRT; not available here."),
        new("precision_mode", FlagKind.Choice, "FP32", "Precision for TensorRT; not available here.") { Choices = ["FP32", "FP16", "INT8"] },
        new("minimum_segment_size", FlagKind.Integer, "3", "Nodes in a graph for TensorRT; not available here."),
        new("convert_tf1_model", FlagKind.Switch, "false", "Converts graphs of TensorFlow 1 for TensorRT; not available here."),
        new("output_prefix", FlagKind.Text, null, "The folder and the beginning of the names of files that are written."),
        new("signature_def_key", FlagKind.Text, "serving_default", "The key of the signature to freeze."),
        new("checkpoint_path", FlagKind.Text, null, "A checkpoint in place of the SavedModel's own variables."),
        new("variables_to_feed", FlagKind.Text, "", "Variables that stay inputs: names separated by commas, or all."),
        new("target_triple", FlagKind.Text, "x86_64-pc-linux", "The target of compilation; not available here."),
        new("target_cpu", FlagKind.Text, "", "The target of compilation; not available here."),
        new("cpp_class", FlagKind.Text, null, "The class of compiled code; not available here."),
        new("multithreading", FlagKind.Text, "False", "Threads of compiled code; not available here."),
    ];

    /// <summary>Those and the ones that every tool of TensorFlow takes: accepted, so that scripts that give them go on working.</summary>
    internal static IReadOnlyList<Flag> All { get; } =
    [
        .. Own,
        .. Switches("alsologtostderr logtostderr only_check_args only_check_flags pdb pdb_post_mortem run_with_pdb run_with_profiling help helpfull helpshort helpxml ? "
            + "tt_check_filter tt_single_core_summaries hbm_oom_exit runtime_oom_exit op_conversion_fallback_to_while_loop showprefixforinfo use_cprofile_for_profiling"),
        .. new[] { "log_dir", "logger_levels", "profile_file", "stderrthreshold", "delta_threshold", "test_randomize_ordering_seed", "test_srcdir", "test_tmpdir", "xml_output_file" }
            .Select(n => new Flag(n, FlagKind.Text, null, "Accepted and ignored.")),
        new("v", FlagKind.Integer, "-1", "Accepted and ignored."),
        new("verbosity", FlagKind.Integer, "-1", "Accepted and ignored."),
        new("test_random_seed", FlagKind.Integer, "301", "Accepted and ignored."),
    ];

    /// <summary>The flags without which a command does not run.</summary>
    internal static IReadOnlyDictionary<string, string[]> Required { get; } = new Dictionary<string, string[]>
    {
        ["show"] = ["dir"],
        ["run"] = ["dir", "tag_set", "signature_def"],
        ["scan"] = ["dir"],
        ["convert"] = ["dir", "output_dir", "tag_set"],
        ["freeze_model"] = ["dir", "output_prefix", "tag_set"],
        ["aot_compile_cpu"] = ["cpp_class"],
    };

    private static IEnumerable<Flag> Switches(string names) => names.Split(' ').Select(n => new Flag(n, FlagKind.Switch, "false", "Accepted and ignored."));
}
