namespace Engine;

/// <summary>The base of all errors this library throws: TensorFlow's status code, and the node where it happened.</summary>
public class EngineException : Exception
{
    /// <summary>An error with a code and a message that says what is wrong and what to do.</summary>
    public EngineException(StatusCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>TensorFlow's status code.</summary>
    public StatusCode Code { get; }

    /// <summary>The name of the node that failed, or null where no node is involved.</summary>
    public string? NodeName { get; private set; }

    /// <summary>The op type of the node that failed, or null.</summary>
    public string? Op { get; private set; }

    /// <summary>Dtypes and shapes of the failing node's inputs as text, or null.</summary>
    public string? InputSummary { get; private set; }

    /// <inheritdoc/>
    public override string Message => NodeName is null
        ? base.Message
        : $"{base.Message} [node {NodeName}, op {Op}{(InputSummary is null ? "" : $", inputs {InputSummary}")}]";

    /// <summary>Notes where the error happened; the innermost node counts, so later calls change nothing.</summary>
    public EngineException At(string node, string op, string? inputs = null)
    {
        if (NodeName is null)
        {
            NodeName = node;
            Op = op;
            InputSummary = inputs;
        }
        return this;
    }

    /// <summary>INVALID_ARGUMENT.</summary>
    public static EngineException InvalidArgument(string message) => new(StatusCode.InvalidArgument, message);

    /// <summary>FAILED_PRECONDITION.</summary>
    public static EngineException FailedPrecondition(string message) => new(StatusCode.FailedPrecondition, message);

    /// <summary>NOT_FOUND.</summary>
    public static EngineException NotFound(string message) => new(StatusCode.NotFound, message);

    /// <summary>OUT_OF_RANGE.</summary>
    public static EngineException OutOfRange(string message) => new(StatusCode.OutOfRange, message);

    /// <summary>UNIMPLEMENTED.</summary>
    public static EngineException Unimplemented(string message) => new(StatusCode.Unimplemented, message);

    /// <summary>INTERNAL.</summary>
    public static EngineException Internal(string message) => new(StatusCode.Internal, message);

    /// <summary>RESOURCE_EXHAUSTED.</summary>
    public static EngineException ResourceExhausted(string message) => new(StatusCode.ResourceExhausted, message);

    /// <summary>DATA_LOSS.</summary>
    public static EngineException DataLoss(string message) => new(StatusCode.DataLoss, message);

    /// <summary>ALREADY_EXISTS.</summary>
    public static EngineException AlreadyExists(string message) => new(StatusCode.AlreadyExists, message);

    /// <summary>ABORTED.</summary>
    public static EngineException Aborted(string message) => new(StatusCode.Aborted, message);

    /// <summary>CANCELLED.</summary>
    public static EngineException Cancelled(string message) => new(StatusCode.Cancelled, message);
}
