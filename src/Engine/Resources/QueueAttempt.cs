namespace Engine.Resources;

/// <summary>Somebody who waits at a queue.</summary>
/// <param name="advance">Goes on as far as the queue lets it; true when done. It is told whether somebody still waits to put something in.</param>
/// <param name="taken">What was taken so far, to be given back when the waiting ends without success.</param>
internal sealed class QueueAttempt(Func<bool, bool> advance, List<Tensor[]>? taken)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Task => done.Task;

    internal List<Tensor[]>? Taken { get; } = taken;

    internal bool Advance(bool mayPut) => advance(mayPut);

    internal void Complete() => done.TrySetResult();

    internal void Fail(EngineException error) => done.TrySetException(error);
}
