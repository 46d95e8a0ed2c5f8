using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>
/// Evaluates expressions with numpy, as <c>--input_exprs</c> took them before TensorFlow 2.9: arithmetic, indexing and calls of the functions listed here.
/// Names lead to those and nowhere else, so that an expression can compute arrays and do nothing beyond that.
/// </summary>
internal sealed class NumpyEvaluator
{
    private readonly Dictionary<string, object?> variables = [];
    private int steps;

    /// <summary>Whether an expression uses numpy at all.</summary>
    internal static bool MentionsNumpy(PythonNode node) => node switch
    {
        PythonNode.Name name => name.Text is "np" or "numpy",
        PythonNode.Attribute attribute => MentionsNumpy(attribute.Target),
        PythonNode.Call call => MentionsNumpy(call.Target) || call.Arguments.Any(MentionsNumpy) || call.Keywords.Any(k => MentionsNumpy(k.Value)),
        PythonNode.Subscript subscript => MentionsNumpy(subscript.Target) || MentionsNumpy(subscript.Index),
        PythonNode.Slice slice => new[] { slice.Start, slice.Stop, slice.Step }.Any(n => n is not null && MentionsNumpy(n)),
        PythonNode.Unary unary => MentionsNumpy(unary.Operand),
        PythonNode.Binary binary => MentionsNumpy(binary.Left) || MentionsNumpy(binary.Right),
        PythonNode.Comparison comparison => MentionsNumpy(comparison.First) || comparison.Rest.Any(r => MentionsNumpy(r.Value)),
        PythonNode.Logical logical => MentionsNumpy(logical.Left) || MentionsNumpy(logical.Right),
        PythonNode.Conditional c => MentionsNumpy(c.Condition) || MentionsNumpy(c.WhenTrue) || MentionsNumpy(c.WhenFalse),
        PythonNode.List list => list.Items.Any(MentionsNumpy),
        PythonNode.Tuple tuple => tuple.Items.Any(MentionsNumpy),
        PythonNode.Set set => set.Items.Any(MentionsNumpy),
        PythonNode.Dictionary dictionary => dictionary.Items.Any(i => MentionsNumpy(i.Key) || MentionsNumpy(i.Value)),
        PythonNode.Starred starred => MentionsNumpy(starred.Items),
        PythonNode.Comprehension comprehension => MentionsNumpy(comprehension.Item) || comprehension.Loops.Any(l => MentionsNumpy(l.Source) || l.Conditions.Any(MentionsNumpy)),
        _ => false,
    };

    /// <summary>The value of an expression.</summary>
    /// <exception cref="PythonException">What Python or numpy would raise, or NameError for what is not among the functions here.</exception>
    internal static object? Evaluate(PythonNode node)
    {
        try
        {
            return Plain(new NumpyEvaluator().Value(node));
        }
        catch (Exception e) when (e is InvalidCastException or ArgumentException or IndexOutOfRangeException or OverflowException or InvalidOperationException)
        {
            throw new PythonException("TypeError", $"the expression cannot be computed: {e.Message}", e);
        }
    }

    // What may be fed: not a function or a module.
    private static object? Plain(object? value) => value is Function or NumpyModule or NumpyType
        ? throw PythonException.WrongType("the expression gives a function or a type, not a value")
        : value is LazyRange range ? range.ToList() : value;

    private object? Value(PythonNode node)
    {
        switch (node)
        {
            case PythonNode.Constant constant:
                return constant.Value;
            case PythonNode.Name name:
                return variables.TryGetValue(name.Text, out var variable) ? variable
                    : name.Text is "np" or "numpy" ? NumpyModule.Root
                    : Builtins.Functions.Find(name.Text) ?? throw new PythonException("NameError", $"name '{name.Text}' is not defined");
            case PythonNode.Attribute attribute:
                return Attributes.Get(Value(attribute.Target), attribute.Text);
            case PythonNode.Call call:
                return Call(call);
            case PythonNode.Subscript subscript:
                return Subscripts.Get(Value(subscript.Target), Index(subscript.Index));
            case PythonNode.Slice:
                return Index(node);
            case PythonNode.Unary unary:
                return Operators.Unary(unary.Operator, Value(unary.Operand));
            case PythonNode.Binary binary:
                return Operators.Binary(binary.Operator, Value(binary.Left), Value(binary.Right));
            case PythonNode.Comparison comparison:
                return Compare(comparison);
            case PythonNode.Logical logical:
                var left = Value(logical.Left);
                return Casting.IsTrue(left) == logical.IsAnd ? Value(logical.Right) : left;
            case PythonNode.Conditional conditional:
                return Value(Casting.IsTrue(Value(conditional.Condition)) ? conditional.WhenTrue : conditional.WhenFalse);
            case PythonNode.List list:
                return Items(list.Items);
            case PythonNode.Tuple tuple:
                return new PythonTuple(Items(tuple.Items));
            case PythonNode.Set set:
                return new PythonSet([.. Items(set.Items).Select(PythonLiterals.Hashable).Distinct(PythonEquality.Instance!)]);
            case PythonNode.Dictionary dictionary:
                var dict = new PythonDict();
                foreach (var (key, value) in dictionary.Items)
                    dict[PythonLiterals.Hashable(Value(key))] = Value(value);
                return dict;
            case PythonNode.Comprehension comprehension:
                var results = new List<object?>();
                Loop(comprehension, 0, results);
                return results;
            default:
                throw PythonException.Syntax("invalid syntax");
        }
    }

    private object? Call(PythonNode.Call call)
    {
        var target = Value(call.Target);
        var arguments = Items(call.Arguments);
        var named = call.Keywords.Select(k => KeyValuePair.Create(k.Key, Value(k.Value))).ToList();
        return target switch
        {
            Function function => function.Call(arguments, named),
            // A type turns its argument into an array of it.
            NumpyType type when arguments.Count == 0 => ArrayMaker.Make(BigInteger.Zero, type),
            NumpyType type => ArrayMaker.Make(Sequence(arguments[0]), type),
            _ => throw PythonException.WrongType($"'{PythonText.ClassName(target)}' object is not callable"),
        };
    }

    internal static object? Sequence(object? value) => value is LazyRange range ? range.ToList() : value;

    private List<object?> Items(IReadOnlyList<PythonNode> nodes)
    {
        var items = new List<object?>();
        foreach (var node in nodes)
        {
            if (node is PythonNode.Starred starred)
                items.AddRange(Builtins.Iterate(Value(starred.Items)));
            else
                items.Add(Sequence(Value(node)));
        }
        return items;
    }

    private object? Index(PythonNode node) => node switch
    {
        PythonNode.Slice slice => new PythonSlice(Optional(slice.Start), Optional(slice.Stop), Optional(slice.Step)),
        PythonNode.Tuple tuple => new PythonTuple([.. tuple.Items.Select(Index)]),
        _ => Sequence(Value(node)),
    };

    private object? Optional(PythonNode? node) => node is null ? null : Value(node);

    private object? Compare(PythonNode.Comparison comparison)
    {
        var left = Value(comparison.First);
        object? result = true;
        foreach (var (op, node) in comparison.Rest)
        {
            var right = Value(node);
            result = Operators.Compare(op, left, right);
            if (comparison.Rest.Count > 1 && !Casting.IsTrue(result))
                return result;
            left = right;
        }
        return result;
    }

    private void Loop(PythonNode.Comprehension comprehension, int depth, List<object?> results)
    {
        const int most = 10_000_000;
        if (depth == comprehension.Loops.Count)
        {
            results.Add(Value(comprehension.Item));
            return;
        }
        var (target, source, conditions) = comprehension.Loops[depth];
        foreach (var item in Builtins.Iterate(Value(source)))
        {
            if (++steps > most)
                throw new PythonException("MemoryError", "the expression takes too many steps");
            Assign(target, item);
            if (conditions.All(c => Casting.IsTrue(Value(c))))
                Loop(comprehension, depth + 1, results);
        }
    }

    private void Assign(PythonNode target, object? value)
    {
        if (target is PythonNode.Name name)
        {
            variables[name.Text] = value;
            return;
        }
        var names = ((PythonNode.Tuple)target).Items;
        var parts = Builtins.Iterate(value).ToList();
        if (parts.Count != names.Count)
            throw PythonException.Value($"cannot unpack {parts.Count} values into {names.Count} names");
        for (var i = 0; i < parts.Count; i++)
            Assign(names[i], parts[i]);
    }
}
