using Engine.Conformance.Comparing;
using Engine.Conformance.Work;

namespace Engine.Conformance.Running;

/// <summary>A case did not end as TensorFlow says.</summary>
internal sealed class CaseFailedException : Exception
{
    private readonly Kind kind;
    private readonly Difference difference;
    private readonly string detail;

    // Null where only the case's name tells which op is to blame.
    private readonly string? op;

    private CaseFailedException(Kind kind, Difference difference, string detail = "", string? op = null)
        : base(difference.Message)
    {
        this.kind = kind;
        this.difference = difference;
        this.detail = detail;
        this.op = op;
    }

    internal static CaseFailedException MissingOps(IReadOnlyList<string> ops) => new(Kind.MissingOp, new($"not registered: {string.Join(", ", ops)}"), op: ops[0]);

    internal static CaseFailedException WrongValue(Difference difference) => new(Kind.WrongValue, difference);

    /// <summary>An error where none, or another, was to come.</summary>
    internal static CaseFailedException WrongError(string where, EngineException error, int expected, string message = "")
    {
        var difference = new Difference($"{where} ends in {Name((int)error.Code)}, not {Name(expected)}");
        var detail = $"{error.Message}{Said(message)}";
        var missing = (error as MissingOpException)?.Counts.Keys.Order(StringComparer.Ordinal).FirstOrDefault();
        return missing is null ? new(Kind.WrongError, difference, detail, error.Op) : new(Kind.MissingOp, difference, detail, missing);
    }

    /// <summary>Success where an error was to come.</summary>
    internal static CaseFailedException NoError(string where, int expected, string message) => new(Kind.WrongError, new($"{where} succeeds, not {Name(expected)}"), Said(message));

    /// <summary>The verdict on a case that is about <paramref name="caseOp"/>.</summary>
    internal Verdict Verdict(string caseOp) => new()
    {
        Kind = kind,
        Op = op ?? caseOp,
        AbsoluteError = difference.AbsoluteError,
        RelativeError = difference.RelativeError,
        Message = Message,
        Detail = detail,
    };

    private static string Name(int code) => code == 0 ? "success" : ((StatusCode)code).ToString();

    private static string Said(string message) => message.Length == 0 ? "" : $" (TensorFlow: {message})";
}
