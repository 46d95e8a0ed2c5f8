using Engine.Conformance.Work;

namespace Engine.Conformance.Running;

/// <summary>How one case ended.</summary>
internal sealed record Result(string Name, Verdict Verdict)
{
    internal bool Passed => Verdict.Kind == Work.Kind.Passed;

    /// <summary>The kind as reports write it.</summary>
    internal string Kind => Verdict.Kind switch
    {
        Work.Kind.MissingOp => "missing-op",
        Work.Kind.WrongValue => "wrong-value",
        Work.Kind.WrongError => "wrong-error",
        Work.Kind.Crash => "crash",
        Work.Kind.Timeout => "timeout",
        _ => "passed",
    };
}
