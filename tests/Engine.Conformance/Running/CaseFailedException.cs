using Engine.Conformance.Comparing;
using Engine.Conformance.Work;

namespace Engine.Conformance.Running;

/// <summary>A case did not end as TensorFlow says.</summary>
internal sealed class CaseFailedException : Exception
{
    private readonly Kind kind;
    private readonly Difference difference;

    private CaseFailedException(Kind kind, Difference difference, string? op = null)
        : base(difference.Message)
    {
        this.kind = kind;
        this.difference = difference;
        Op = op;
    }

    /// <summary>The op that is to blame; null where only the case's name tells.</summary>
    internal string? Op { get; }

    internal static CaseFailedException MissingOps(IReadOnlyList<string> ops) => new(Kind.MissingOp, new($"not registered: {string.Join(", ", ops)}"), ops[0]);

    internal static CaseFailedException WrongValue(Difference difference) => new(Kind.WrongValue, difference);

    /// <summary>An error where none, or another, was to come.</summary>
    internal static CaseFailedException WrongError(string where, EngineException error, int expected, string message = "")
    {
        var missing = (error as MissingOpException)?.Counts.Keys.Order(StringComparer.Ordinal).FirstOrDefault();
        return new(missing is null ? Kind.WrongError : Kind.MissingOp, new($"{where} ends in {Name((int)error.Code)}, not {Name(expected)}{Said(message)}; it says: {error.Message}"), missing ?? error.Op);
    }

    /// <summary>Success where an error was to come.</summary>
    internal static CaseFailedException NoError(string where, int expected, string message) => new(Kind.WrongError, new($"{where} succeeds, not {Name(expected)}{Said(message)}"));

    internal Verdict Verdict(string op) => new()
    {
        Kind = kind,
        Op = Op ?? op,
        AbsoluteError = difference.AbsoluteError,
        RelativeError = difference.RelativeError,
        Message = Message,
    };

    private static string Name(int code) => code == 0 ? "success" : ((StatusCode)code).ToString();

    private static string Said(string message) => message.Length == 0 ? "" : $" (TensorFlow: {message})";
}
