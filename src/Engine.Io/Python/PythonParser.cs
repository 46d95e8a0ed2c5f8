namespace Engine.Io.Python;

/// <summary>Parses one expression of Python. Nothing is evaluated here, and what is no expression (assignments, lambdas, imports) is refused.</summary>
internal sealed class PythonParser
{
    private const int MaxDepth = 200;

    private static readonly string[][] BinaryOperators = [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%", "@"]];

    private static readonly HashSet<string> Keywords = ["and", "or", "not", "if", "else", "for", "in", "is", "lambda", "await", "async", "import", "def", "class", "return", "yield",
        "while", "with", "try", "except", "finally", "raise", "assert", "pass", "break", "continue", "del", "global", "nonlocal", "from", "as", "elif"];

    private readonly List<PythonToken> tokens;
    private int at;
    private int depth;

    private PythonParser(List<PythonToken> tokens) => this.tokens = tokens;

    /// <exception cref="PythonException">SyntaxError.</exception>
    internal static PythonNode Parse(string text)
    {
        var parser = new PythonParser(PythonLexer.Split(text));
        var node = parser.Items(allowSlices: false);
        return parser.Next.Kind == PythonToken.Kinds.End ? node : throw Bad();
    }

    private PythonToken Next => tokens[at];

    private bool TryTake(string op)
    {
        if (!Next.Is(op))
            return false;
        at++;
        return true;
    }

    private void Take(string op)
    {
        if (!TryTake(op))
            throw Bad();
    }

    private bool TryTakeWord(string word)
    {
        if (!Next.IsWord(word))
            return false;
        at++;
        return true;
    }

    /// <summary>An expression, or several with commas: a tuple.</summary>
    private PythonNode Items(bool allowSlices)
    {
        var first = allowSlices ? SliceItem() : Item();
        if (!Next.Is(","))
            return first is PythonNode.Starred ? throw Bad() : first;
        var items = new List<PythonNode> { first };
        while (TryTake(",") && !IsEnd())
            items.Add(allowSlices ? SliceItem() : Item());
        return new PythonNode.Tuple(items);
    }

    private bool IsEnd() => Next.Kind == PythonToken.Kinds.End || Next.Is(")") || Next.Is("]") || Next.Is("}");

    private PythonNode Item() => TryTake("*") ? new PythonNode.Starred(Expression()) : Expression();

    private PythonNode SliceItem()
    {
        var start = Next.Is(":") ? null : Item();
        if (!TryTake(":"))
            return start!;
        var stop = Next.Is(":") || Next.Is(",") || Next.Is("]") ? null : Expression();
        var step = TryTake(":") && !Next.Is(",") && !Next.Is("]") ? Expression() : null;
        return new PythonNode.Slice(start, stop, step);
    }

    private PythonNode Expression()
    {
        if (++depth > MaxDepth)
            throw new PythonException("MemoryError", "the expression is nested too deeply");
        var node = Or();
        if (TryTakeWord("if"))
        {
            var condition = Or();
            if (!TryTakeWord("else"))
                throw Bad();
            node = new PythonNode.Conditional(condition, node, Expression());
        }
        depth--;
        return node;
    }

    private PythonNode Or()
    {
        var node = And();
        while (TryTakeWord("or"))
            node = new PythonNode.Logical(false, node, And());
        return node;
    }

    private PythonNode And()
    {
        var node = Not();
        while (TryTakeWord("and"))
            node = new PythonNode.Logical(true, node, Not());
        return node;
    }

    private PythonNode Not()
    {
        if (++depth > MaxDepth)
            throw new PythonException("MemoryError", "the expression is nested too deeply");
        var node = TryTakeWord("not") ? new PythonNode.Unary("not", Not()) : Comparison();
        depth--;
        return node;
    }

    private PythonNode Comparison()
    {
        var first = Binary(0);
        var rest = new List<KeyValuePair<string, PythonNode>>();
        while (ComparisonOperator() is { } op)
            rest.Add(new(op, Binary(0)));
        return rest.Count == 0 ? first : new PythonNode.Comparison(first, rest);
    }

    private string? ComparisonOperator()
    {
        if (Next.Kind == PythonToken.Kinds.Operator && Next.Text is "<" or ">" or "<=" or ">=" or "==" or "!=")
            return tokens[at++].Text;
        if (TryTakeWord("in"))
            return "in";
        if (Next.IsWord("not") && tokens[at + 1].IsWord("in"))
        {
            at += 2;
            return "not in";
        }
        return TryTakeWord("is") ? TryTakeWord("not") ? "is not" : "is" : null;
    }

    private PythonNode Binary(int level)
    {
        if (level == BinaryOperators.Length)
            return Unary();
        var node = Binary(level + 1);
        while (Next.Kind == PythonToken.Kinds.Operator && BinaryOperators[level].Contains(Next.Text))
        {
            var op = tokens[at++].Text;
            node = new PythonNode.Binary(op, node, Binary(level + 1));
        }
        return node;
    }

    private PythonNode Unary()
    {
        if (Next.Is("-") || Next.Is("+") || Next.Is("~"))
        {
            if (++depth > MaxDepth)
                throw new PythonException("MemoryError", "the expression is nested too deeply");
            var op = tokens[at++].Text;
            var operand = Unary();
            depth--;
            return new PythonNode.Unary(op, operand);
        }
        var node = Postfix();
        return TryTake("**") ? new PythonNode.Binary("**", node, Unary()) : node;
    }

    private PythonNode Postfix()
    {
        var node = Atom();
        while (true)
        {
            if (TryTake("."))
            {
                if (Next.Kind != PythonToken.Kinds.Name)
                    throw Bad();
                node = new PythonNode.Attribute(node, tokens[at++].Text);
            }
            else if (TryTake("("))
            {
                node = Call(node);
            }
            else if (TryTake("["))
            {
                node = new PythonNode.Subscript(node, Items(allowSlices: true));
                Take("]");
            }
            else
            {
                return node;
            }
        }
    }

    private PythonNode.Call Call(PythonNode target)
    {
        var arguments = new List<PythonNode>();
        var keywords = new List<KeyValuePair<string, PythonNode>>();
        while (!TryTake(")"))
        {
            if (Next.Kind == PythonToken.Kinds.Name && tokens[at + 1].Is("="))
            {
                var name = tokens[at].Text;
                at += 2;
                keywords.Add(new(name, Expression()));
            }
            else
            {
                var argument = Item();
                if (Next.IsWord("for"))
                    argument = Comprehension(argument);
                arguments.Add(argument);
            }
            if (!TryTake(",") && !Next.Is(")"))
                throw Bad();
        }
        return new(target, arguments, keywords);
    }

    private PythonNode Atom()
    {
        var token = tokens[at];
        switch (token.Kind)
        {
            case PythonToken.Kinds.Literal:
                return Literal();
            case PythonToken.Kinds.Name when Keywords.Contains(token.Text):
                throw Bad();
            case PythonToken.Kinds.Name:
                at++;
                return token.Text switch
                {
                    "None" => new PythonNode.Constant(null),
                    "True" => new PythonNode.Constant(true),
                    "False" => new PythonNode.Constant(false),
                    _ => new PythonNode.Name(token.Text),
                };
        }
        if (TryTake("..."))
            return new PythonNode.Constant(PythonEllipsis.Value);
        if (TryTake("("))
            return Parentheses();
        if (TryTake("["))
        {
            var (items, comprehension) = Sequence("]");
            return comprehension is not null ? comprehension : new PythonNode.List(items);
        }
        if (TryTake("{"))
            return Braces();
        throw Bad();
    }

    private PythonNode Literal()
    {
        var value = tokens[at++].Value;
        // Strings beside each other are one.
        while (Next.Kind == PythonToken.Kinds.Literal)
        {
            value = (value, tokens[at++].Value) switch
            {
                (string a, string b) => a + b,
                (byte[] a, byte[] b) => (byte[])[.. a, .. b],
                _ => throw Bad(),
            };
        }
        return new PythonNode.Constant(value);
    }

    private PythonNode Parentheses()
    {
        if (TryTake(")"))
            return new PythonNode.Tuple([]);
        var node = Item();
        if (Next.IsWord("for"))
            node = Comprehension(node);
        else if (Next.Is(","))
        {
            var items = new List<PythonNode> { node };
            while (TryTake(",") && !IsEnd())
                items.Add(Item());
            node = new PythonNode.Tuple(items);
        }
        else if (node is PythonNode.Starred)
        {
            throw Bad();
        }
        Take(")");
        return node;
    }

    private (List<PythonNode> Items, PythonNode? Comprehension) Sequence(string end)
    {
        var items = new List<PythonNode>();
        while (!TryTake(end))
        {
            items.Add(Item());
            if (Next.IsWord("for") && items.Count == 1)
            {
                var comprehension = Comprehension(items[0]);
                Take(end);
                return (items, comprehension);
            }
            if (!TryTake(",") && !Next.Is(end))
                throw Bad();
        }
        return (items, null);
    }

    private PythonNode Braces()
    {
        var entries = new List<KeyValuePair<PythonNode, PythonNode>>();
        var items = new List<PythonNode>();
        while (!TryTake("}"))
        {
            var key = Item();
            if (items.Count == 0 && TryTake(":"))
                entries.Add(new(key, Expression()));
            else if (entries.Count == 0)
                items.Add(key);
            else
                throw Bad();
            if (!TryTake(",") && !Next.Is("}"))
                throw Bad();
        }
        return items.Count > 0 ? new PythonNode.Set(items) : new PythonNode.Dictionary(entries);
    }

    private PythonNode.Comprehension Comprehension(PythonNode item)
    {
        var loops = new List<(PythonNode, PythonNode, IReadOnlyList<PythonNode>)>();
        while (TryTakeWord("for"))
        {
            PythonNode target = Target();
            if (Next.Is(","))
            {
                var names = new List<PythonNode> { target };
                while (TryTake(","))
                    names.Add(Target());
                target = new PythonNode.Tuple(names);
            }
            if (!TryTakeWord("in"))
                throw Bad();
            var source = Or();
            var conditions = new List<PythonNode>();
            while (TryTakeWord("if"))
                conditions.Add(Or());
            loops.Add((target, source, conditions));
        }
        return new(item, loops);
    }

    private PythonNode.Name Target() => Next.Kind == PythonToken.Kinds.Name && !Keywords.Contains(Next.Text) ? new(tokens[at++].Text) : throw Bad();

    private static PythonException Bad() => PythonException.Syntax("invalid syntax");
}
