namespace Engine.Graphs;

/// <summary>The keys of collections that TensorFlow gives a meaning (<c>tf.GraphKeys</c>).</summary>
public static class GraphKeys
{
    /// <summary>Variables that are saved.</summary>
    public const string GlobalVariables = "variables";

    /// <summary>Variables that optimizers change.</summary>
    public const string TrainableVariables = "trainable_variables";

    /// <summary>Variables that are not saved: counters of metrics and inputs.</summary>
    public const string LocalVariables = "local_variables";

    /// <summary>Variables of metrics.</summary>
    public const string MetricVariables = "metric_variables";

    /// <summary>Variables used for inference.</summary>
    public const string ModelVariables = "model_variables";

    /// <summary>Variables of which moving averages are kept.</summary>
    public const string MovingAverageVariables = "moving_average_variables";

    /// <summary>The step counter.</summary>
    public const string GlobalStep = "global_step";

    /// <summary>What is saved beside variables: tables, iterators.</summary>
    public const string SaveableObjects = "saveable_objects";

    /// <summary>Savers.</summary>
    public const string Savers = "savers";

    /// <summary>Nodes that fill tables.</summary>
    public const string TableInitializers = "table_initializer";

    /// <summary>Tensors with the paths of files the graph reads.</summary>
    public const string AssetFilepaths = "asset_filepaths";

    /// <summary>Summaries.</summary>
    public const string Summaries = "summaries";

    /// <summary>Queue runners.</summary>
    public const string QueueRunners = "queue_runners";

    /// <summary>Nodes to run with every training step.</summary>
    public const string UpdateOps = "update_ops";

    /// <summary>Losses.</summary>
    public const string Losses = "losses";

    /// <summary>Losses that regularize.</summary>
    public const string RegularizationLosses = "regularization_losses";

    /// <summary>The training op.</summary>
    public const string TrainOp = "train_op";

    /// <summary>The op that initialises everything.</summary>
    public const string InitOp = "init_op";

    /// <summary>The op that initialises what is local.</summary>
    public const string LocalInitOp = "local_init_op";

    /// <summary>Conditionals of TensorFlow 1.</summary>
    public const string CondContext = "cond_context";

    /// <summary>Loops of TensorFlow 1.</summary>
    public const string WhileContext = "while_context";

    /// <summary>The collections whose members are variables.</summary>
    public static IReadOnlyList<string> VariableKeys { get; } =
        [GlobalVariables, TrainableVariables, LocalVariables, MetricVariables, ModelVariables, MovingAverageVariables, GlobalStep];
}
