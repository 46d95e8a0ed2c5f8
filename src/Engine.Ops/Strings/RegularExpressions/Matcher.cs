namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>
/// Runs a program over text by following all ways at once (Pike's machine): time is at most text times program, whatever the pattern. One thread uses it at a time.
/// </summary>
internal sealed class Matcher
{
    private readonly Program program;
    private readonly int[] slots;
    private readonly Stack<(int At, int Slot, int Old)> pending = new();
    private Threads current;
    private Threads next;

    internal Matcher(Program program)
    {
        this.program = program;
        slots = new int[program.Slots];
        current = new Threads(program.Code.Length, program.Slots);
        next = new Threads(program.Code.Length, program.Slots);
    }

    /// <summary>Looks for the leftmost match from a position on; of those that begin there, the one that the pattern prefers.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin; what is before it counts for assertions.</param>
    /// <param name="isAnchored">Whether the match must begin at <paramref name="start"/>.</param>
    /// <param name="captures">Start and end of the match and of each group; -1 where a group took no part.</param>
    internal bool Find(ReadOnlySpan<byte> text, int start, bool isAnchored, int[] captures)
    {
        var code = program.Code;
        current.Count = 0;
        var isFound = false;
        for (var at = start; ;)
        {
            if (current.Count == 0)
            {
                if (isFound || (isAnchored && at != start))
                    break;
                at = SkipTo(text, at, isAnchored);
                if (at < 0)
                    break;
            }
            if (!isFound && (!isAnchored || at == start))
            {
                Array.Fill(slots, -1);
                Follow(text, at, program.Start, current);
            }
            var (point, length) = at < text.Length ? Read(text, at) : (-1, 1);
            next.Count = 0;
            for (var t = 0; t < current.Count; t++)
            {
                var i = code[current.At[t]];
                if (i.Opcode == Opcode.Match)
                {
                    current.SlotsOf(t).CopyTo(captures);
                    isFound = true;
                    // Threads after this one are less preferred.
                    break;
                }
                if (at < text.Length && (i.Opcode == Opcode.Set ? i.Members!.Contains(point) : text[at] >= i.Other >> 8 && text[at] <= (i.Other & 0xFF)))
                {
                    current.SlotsOf(t).CopyTo(slots);
                    Follow(text, at + length, i.Next, next);
                }
            }
            (current, next) = (next, current);
            if (at >= text.Length)
                break;
            at += length;
        }
        return isFound;
    }

    private static bool IsWord(ReadOnlySpan<byte> text, int at)
        => (uint)at < (uint)text.Length && (text[at] == '_' || char.IsAsciiLetterOrDigit((char)text[at]));

    private (int Point, int Length) Read(ReadOnlySpan<byte> text, int at) => program.ReadsBytes ? (text[at], 1) : Utf8Decoder.Decode(text, at);

    /// <summary>The next position where a match can begin, -1 for none.</summary>
    private int SkipTo(ReadOnlySpan<byte> text, int at, bool isAnchored)
    {
        if (program.FirstBytes is not { } first)
            return at;
        while (at < text.Length && !first[text[at]])
        {
            if (isAnchored)
                return -1;
            // A continuation byte of a character that does not match is no beginning either.
            at += Read(text, at).Length;
        }
        return at < text.Length ? at : -1;
    }

    /// <summary>Adds the thread at an instruction, and those at all places it leads to without consuming text, in order of preference.</summary>
    private void Follow(ReadOnlySpan<byte> text, int position, int start, Threads threads)
    {
        pending.Push((start, -1, 0));
        while (pending.TryPop(out var top))
        {
            if (top.Slot >= 0)
            {
                slots[top.Slot] = top.Old;
                continue;
            }
            for (var at = top.At; at >= 0 && threads.Enter(at);)
            {
                var i = program.Code[at];
                switch (i.Opcode)
                {
                    case Opcode.Fork:
                        pending.Push((i.Other, -1, 0));
                        at = i.Next;
                        break;
                    case Opcode.Jump:
                        at = i.Next;
                        break;
                    case Opcode.Save:
                        pending.Push((0, i.Other, slots[i.Other]));
                        slots[i.Other] = position;
                        at = i.Next;
                        break;
                    case Opcode.Assert:
                        at = Holds((Assertion)i.Other, text, position) ? i.Next : -1;
                        break;
                    default:
                        threads.Add(at, slots);
                        at = -1;
                        break;
                }
            }
        }
    }

    private static bool Holds(Assertion assertion, ReadOnlySpan<byte> text, int at) => assertion switch
    {
        Assertion.TextStart => at == 0,
        Assertion.TextEnd => at == text.Length,
        Assertion.LineStart => at == 0 || text[at - 1] == '\n',
        Assertion.LineEnd => at == text.Length || text[at] == '\n',
        Assertion.WordBoundary => IsWord(text, at - 1) != IsWord(text, at),
        _ => IsWord(text, at - 1) == IsWord(text, at),
    };

    /// <summary>The threads at one position, most preferred first, each instruction once.</summary>
    private sealed class Threads(int instructions, int slots)
    {
        private readonly int[] entered = new int[instructions];
        private readonly int[] mark = new int[instructions];
        private int[] captured = new int[16 * slots];
        private int enteredCount;
        private int count;

        internal int[] At { get; } = new int[instructions];

        internal int Count
        {
            get => count;
            set
            {
                count = value;
                enteredCount = 0;
            }
        }

        /// <summary>Whether the instruction was not met yet at this position.</summary>
        internal bool Enter(int at)
        {
            if ((uint)mark[at] < (uint)enteredCount && entered[mark[at]] == at)
                return false;
            mark[at] = enteredCount;
            entered[enteredCount++] = at;
            return true;
        }

        internal void Add(int at, int[] values)
        {
            if ((count + 1) * slots > captured.Length)
                Array.Resize(ref captured, captured.Length * 2);
            values.CopyTo(captured.AsSpan(count * slots));
            At[count++] = at;
        }

        internal Span<int> SlotsOf(int thread) => captured.AsSpan(thread * slots, slots);
    }
}
