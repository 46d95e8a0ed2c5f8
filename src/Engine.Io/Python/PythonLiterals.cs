using System.Numerics;

namespace Engine.Io.Python;

/// <summary>Values of literals alone, as Python's <c>ast.literal_eval</c> gives them: no names, no calls, no arithmetic but signs and <c>1+2j</c>.</summary>
internal static class PythonLiterals
{
    /// <exception cref="PythonException">SyntaxError, or ValueError for what is no literal.</exception>
    internal static object? Evaluate(string text) => Evaluate(PythonParser.Parse(text));

    internal static object? Evaluate(PythonNode node)
    {
        switch (node)
        {
            case PythonNode.Constant constant:
                return constant.Value;
            case PythonNode.List list:
                return list.Items.Select(Evaluate).ToList();
            case PythonNode.Tuple tuple:
                return new PythonTuple([.. tuple.Items.Select(Evaluate)]);
            case PythonNode.Set set:
                return new PythonSet([.. set.Items.Select(Evaluate).Select(Hashable).Distinct(PythonEquality.Instance!)]);
            case PythonNode.Dictionary dictionary:
                var dict = new PythonDict();
                foreach (var (key, value) in dictionary.Items)
                    dict[Hashable(Evaluate(key))] = Evaluate(value);
                return dict;
            case PythonNode.Call { Target: PythonNode.Name { Text: "set" }, Arguments.Count: 0, Keywords.Count: 0 }:
                return new PythonSet([]);
            case PythonNode.Binary { Operator: "+" or "-" } binary when Signed(binary.Left) is BigInteger or double && Number(binary.Right) is Complex right:
                var left = Signed(binary.Left) is BigInteger i ? (double)i : (double)Signed(binary.Left)!;
                return binary.Operator == "+" ? new Complex(left, 0) + right : new Complex(left, 0) - right;
            case PythonNode.Unary:
                return Signed(node) ?? throw Malformed();
            default:
                throw Malformed();
        }
    }

    private static object? Number(PythonNode node) => node is PythonNode.Constant { Value: BigInteger or double or Complex } constant ? constant.Value : null;

    private static object? Signed(PythonNode node) => node switch
    {
        PythonNode.Unary { Operator: "+" } plus => Number(plus.Operand),
        PythonNode.Unary { Operator: "-" } minus => Number(minus.Operand) switch
        {
            BigInteger i => -i,
            double d => -d,
            Complex c => -c,
            _ => null,
        },
        _ => Number(node),
    };

    /// <summary>A value that may be a key: lists and dictionaries may not.</summary>
    internal static object? Hashable(object? value) => value is List<object?> or PythonDict or PythonSet || (value is PythonTuple tuple && tuple.Items.Any(i => i is List<object?> or PythonDict or PythonSet))
        ? throw PythonException.WrongType($"unhashable type: '{PythonText.ClassName(value)}'")
        : value;

    private static PythonException Malformed() => PythonException.Value("malformed node or string");
}
