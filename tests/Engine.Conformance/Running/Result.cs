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

    /// <summary>What is wrong, on one line.</summary>
    internal string Text => OneLine(Verdict.Detail.Length == 0 ? Verdict.Message : $"{Verdict.Message}: {Verdict.Detail.Trim()}");

    /// <summary>What is wrong without what is told by the engine, which may name files and addresses.</summary>
    internal string Summary => OneLine($"{Kind}: {Verdict.Message}");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
