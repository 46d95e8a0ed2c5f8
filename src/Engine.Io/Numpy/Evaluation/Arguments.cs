using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>The arguments of a call by the names of the function's parameters.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, object?> values = [];

    /// <summary>Gives arguments their parameters' names.</summary>
    /// <param name="function">The function, for errors.</param>
    /// <param name="parameters">Names separated by blanks; the last may begin with <c>*</c> and takes all further ones.</param>
    /// <param name="positional">Arguments without name.</param>
    /// <param name="named">Arguments with names.</param>
    /// <exception cref="PythonException">TypeError for too many, unknown or repeated ones.</exception>
    internal Arguments(string function, string parameters, IReadOnlyList<object?> positional, IReadOnlyList<KeyValuePair<string, object?>> named)
    {
        Function = function;
        var names = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < positional.Count; i++)
        {
            if (i < names.Length && names[i][0] == '*')
            {
                values[names[i][1..]] = positional.Skip(i).ToList();
                break;
            }
            if (i >= names.Length)
                throw PythonException.WrongType($"{function}() takes {names.Length} positional arguments but {positional.Count} were given");
            values[names[i]] = positional[i];
        }
        foreach (var (name, value) in named)
        {
            if (!names.Contains(name) || !values.TryAdd(name, value))
                throw PythonException.WrongType($"{function}() got an unexpected keyword argument '{name}'");
        }
    }

    private Arguments(string function, Dictionary<string, object?> values)
    {
        Function = function;
        this.values = values;
    }

    /// <summary>The function's name.</summary>
    internal string Function { get; }

    /// <summary>The same arguments behind one for the first parameter.</summary>
    internal Arguments With(string parameters, object? first) => new(Function, new Dictionary<string, object?>(values) { [parameters.Split(' ')[0]] = first });

    /// <summary>The value, or null where none is given.</summary>
    internal object? this[string name] => values.GetValueOrDefault(name);

    /// <summary>Whether a value other than None is given.</summary>
    internal bool Has(string name) => this[name] is not null;

    /// <summary>A value that must be given.</summary>
    internal object? Required(string name) => values.TryGetValue(name, out var value) ? value : throw PythonException.WrongType($"{Function}() missing required argument '{name}'");

    internal NdArray Array(string name) => ArrayMaker.Make(Required(name));

    internal bool Switch(string name, bool missing = false) => Has(name) ? Casting.IsTrue(this[name]) : missing;

    internal long Integer(string name) => ToIndex(Required(name));

    internal long Integer(string name, long missing) => Has(name) ? ToIndex(this[name]) : missing;

    internal double Number(string name, double missing) => Has(name) ? Casting.ToDouble(this[name]) : missing;

    internal NumpyType? Type(string name = "dtype") => Has(name) ? ToType(this[name]) : null;

    /// <summary>A shape: an integer, or a sequence of them.</summary>
    internal long[] Shape(string name) => ToShape(Required(name));

    /// <summary>Axes: null for all.</summary>
    internal int[]? Axes(string name, int rank) => Has(name) ? [.. ToShape(this[name]).Select(a => Reordering.Axis(a, rank))] : null;

    internal IReadOnlyList<object?> Items(string name) => ArrayMaker.Items(Required(name)) ?? throw PythonException.WrongType($"{Function}(): '{name}' must be a sequence");

    internal static long[] ToShape(object? value) => ArrayMaker.Items(value) is { } items ? [.. items.Select(ToIndex)] : [ToIndex(value)];

    /// <summary>An integer that counts or indexes.</summary>
    internal static long ToIndex(object? value) => value switch
    {
        BigInteger i when i >= long.MinValue && i <= long.MaxValue => (long)i,
        bool b => b ? 1 : 0,
        NdArray { Count: 1 } array when array.Type.IsInteger => array.Integers[0],
        _ => throw PythonException.WrongType($"'{PythonText.ClassName(value)}' object cannot be interpreted as an integer"),
    };

    internal static NumpyType ToType(object? value) => value switch
    {
        NumpyType type => type,
        string name => NumpyType.Find(name) ?? throw PythonException.WrongType($"data type {PythonText.Repr(name)} not understood"),
        Function { Name: "float" } => NumpyType.Float64,
        Function { Name: "int" } => NumpyType.Int64,
        Function { Name: "bool" } => NumpyType.Bool,
        Function { Name: "complex" } => NumpyType.Complex128,
        Function { Name: "str" } => NumpyType.Text,
        Function { Name: "bytes" } => NumpyType.Bytes,
        Function { Name: "object" } => NumpyType.Object,
        _ => throw PythonException.WrongType($"Cannot interpret {PythonText.Repr(value)} as a data type"),
    };
}
