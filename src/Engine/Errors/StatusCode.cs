namespace Engine;

/// <summary>TensorFlow's canonical status codes (<c>tensorflow.error.Code</c>), with their numbers.</summary>
public enum StatusCode
{
    /// <summary>No error.</summary>
    Ok = 0,
    /// <summary>The caller cancelled the operation.</summary>
    Cancelled = 1,
    /// <summary>An error without a better code.</summary>
    Unknown = 2,
    /// <summary>An argument, attribute, shape or dtype is wrong whatever the state.</summary>
    InvalidArgument = 3,
    /// <summary>The operation did not finish in the time allowed.</summary>
    DeadlineExceeded = 4,
    /// <summary>A file, op, function or resource does not exist.</summary>
    NotFound = 5,
    /// <summary>What is to be made exists already.</summary>
    AlreadyExists = 6,
    /// <summary>The caller may not do this.</summary>
    PermissionDenied = 7,
    /// <summary>Memory, disk or a quota is used up.</summary>
    ResourceExhausted = 8,
    /// <summary>The state is not as the operation needs it (an uninitialized variable, say).</summary>
    FailedPrecondition = 9,
    /// <summary>The operation was given up.</summary>
    Aborted = 10,
    /// <summary>Past the end: of a queue, a dataset, a file.</summary>
    OutOfRange = 11,
    /// <summary>Not implemented or not supported.</summary>
    Unimplemented = 12,
    /// <summary>A broken invariant.</summary>
    Internal = 13,
    /// <summary>The service is not available now.</summary>
    Unavailable = 14,
    /// <summary>Data is lost or corrupt.</summary>
    DataLoss = 15,
    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
