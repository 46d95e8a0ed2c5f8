namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>What an instruction of a compiled pattern does.</summary>
internal enum Opcode : byte
{
    /// <summary>Consumes a code point of a set.</summary>
    Set,
    /// <summary>Consumes a byte of a range.</summary>
    Bytes,
    /// <summary>Goes on at two places, the first preferred.</summary>
    Fork,
    /// <summary>Notes the position.</summary>
    Save,
    /// <summary>Goes on if an assertion holds.</summary>
    Assert,
    /// <summary>Goes on without more.</summary>
    Jump,
    /// <summary>The pattern has matched.</summary>
    Match,
}

/// <summary>An instruction: <paramref name="Next"/> is where it goes on, <paramref name="Other"/> a second place, a slot, an assertion or two bytes.</summary>
internal readonly record struct Instruction(Opcode Opcode, int Next, int Other, CodePointSet? Members = null);

/// <summary>A pattern compiled for <see cref="Matcher"/>.</summary>
internal sealed class Program
{
    // RE2's limit with its default of 8 MiB.
    private const int MaxInstructions = 1 << 17;

    private readonly List<Instruction> code = [];

    internal Program(Syntax root, int groups, bool isWhole)
    {
        Slots = 2 * (groups + 1);
        ReadsBytes = HasAnyByte(root);
        var match = Emit(new(Opcode.Match, 0, 0));
        var end = isWhole ? Emit(new(Opcode.Assert, match, (int)Assertion.TextEnd)) : match;
        end = Emit(new(Opcode.Save, end, 1));
        Start = Emit(new(Opcode.Save, Compile(root, end), 0));
        Code = [.. code];
        FirstBytes = FindFirstBytes();
    }

    internal Instruction[] Code { get; }

    internal int Start { get; }

    /// <summary>Positions that a match notes: start and end of the whole and of each group.</summary>
    internal int Slots { get; }

    /// <summary>Whether the program consumes bytes rather than code points (the pattern has <c>\C</c>).</summary>
    internal bool ReadsBytes { get; }

    /// <summary>The bytes that a match can begin with; null when it can be empty.</summary>
    internal bool[]? FirstBytes { get; }

    private static bool HasAnyByte(Syntax syntax) => syntax switch
    {
        Syntax.AnyByte => true,
        Syntax.Group g => HasAnyByte(g.Inner),
        Syntax.Repeat r => HasAnyByte(r.Inner),
        Syntax.Sequence s => s.Items.Any(HasAnyByte),
        Syntax.Alternatives a => a.Items.Any(HasAnyByte),
        _ => false,
    };

    private int Emit(Instruction instruction)
    {
        if (code.Count >= MaxInstructions)
            throw EngineException.InvalidArgument("Invalid pattern, error: pattern too large - compile failed");
        code.Add(instruction);
        return code.Count - 1;
    }

    /// <summary>Compiles backwards: the code of a part, which goes on at <paramref name="next"/>.</summary>
    private int Compile(Syntax syntax, int next)
    {
        switch (syntax)
        {
            case Syntax.Set set:
                return ReadsBytes ? CompileUtf8(set.Members, next) : Emit(new(Opcode.Set, next, 0, set.Members));
            case Syntax.AnyByte:
                return Emit(new(Opcode.Bytes, next, 0xFF));
            case Syntax.Position position:
                return Emit(new(Opcode.Assert, next, (int)position.Assertion));
            case Syntax.Group group:
                var end = Emit(new(Opcode.Save, next, 2 * group.Index + 1));
                return Emit(new(Opcode.Save, Compile(group.Inner, end), 2 * group.Index));
            case Syntax.Sequence sequence:
                for (var i = sequence.Items.Count - 1; i >= 0; i--)
                    next = Compile(sequence.Items[i], next);
                return next;
            case Syntax.Alternatives alternatives:
                var choice = Compile(alternatives.Items[^1], next);
                for (var i = alternatives.Items.Count - 2; i >= 0; i--)
                    choice = Emit(new(Opcode.Fork, Compile(alternatives.Items[i], next), choice));
                return choice;
            case Syntax.Repeat repeat:
                return CompileRepeat(repeat, next);
            default:
                return next;
        }
    }

    private int CompileRepeat(Syntax.Repeat repeat, int next)
    {
        var end = next;
        if (repeat.Max < 0)
        {
            // The loop: a fork whose preferred way is another round, or out when lazy.
            var loop = Emit(new(Opcode.Jump, 0, 0));
            var body = Compile(repeat.Inner, loop);
            code[loop] = repeat.IsLazy ? new(Opcode.Fork, next, body) : new(Opcode.Fork, body, next);
            // "x+" enters at the body, "x*" at the fork.
            next = repeat.Min > 0 ? body : loop;
            for (var i = 1; i < repeat.Min; i++)
                next = Compile(repeat.Inner, next);
            return next;
        }
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            var body = Compile(repeat.Inner, next);
            next = repeat.IsLazy ? Emit(new(Opcode.Fork, end, body)) : Emit(new(Opcode.Fork, body, end));
        }
        for (var i = 0; i < repeat.Min; i++)
            next = Compile(repeat.Inner, next);
        return next;
    }

    private int CompileUtf8(CodePointSet members, int next)
    {
        var choices = new List<int>();
        foreach (var (start, end) in members.Ranges)
        {
            foreach (var sequence in Utf8Ranges.Split(start, end))
            {
                var at = next;
                for (var i = sequence.Length - 1; i >= 0; i--)
                    at = Emit(new(Opcode.Bytes, at, (sequence[i].Low << 8) | sequence[i].High));
                choices.Add(at);
            }
        }
        if (choices.Count == 0)
            return Emit(new(Opcode.Set, next, 0, members));
        var choice = choices[^1];
        for (var i = choices.Count - 2; i >= 0; i--)
            choice = Emit(new(Opcode.Fork, choices[i], choice));
        return choice;
    }

    private bool[]? FindFirstBytes()
    {
        var bytes = new bool[256];
        var seen = new HashSet<int>();
        var pending = new Stack<int>([Start]);
        while (pending.TryPop(out var at))
        {
            if (!seen.Add(at))
                continue;
            var i = Code[at];
            switch (i.Opcode)
            {
                case Opcode.Match:
                    return null;
                case Opcode.Bytes:
                    Array.Fill(bytes, true, i.Other >> 8, (i.Other & 0xFF) - (i.Other >> 8) + 1);
                    break;
                case Opcode.Set:
                    foreach (var (start, end) in i.Members!.Ranges)
                        Array.Fill(bytes, true, Utf8Ranges.FirstByte(start), Utf8Ranges.FirstByte(end) - Utf8Ranges.FirstByte(start) + 1);
                    break;
                case Opcode.Fork:
                    pending.Push(i.Next);
                    pending.Push(i.Other);
                    break;
                default:
                    pending.Push(i.Next);
                    break;
            }
        }
        return bytes;
    }
}
