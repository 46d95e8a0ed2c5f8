using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>What to do with bad text: the attributes that all Unicode ops have.</summary>
internal sealed class UnicodeErrors
{
    private readonly string mode;
    private readonly bool replaceControls;

    internal UnicodeErrors(KernelBuilder node)
    {
        mode = node.String("errors");
        if (mode is not ("strict" or "replace" or "ignore"))
            throw node.Fail($"errors policy invalid: {mode}");
        var replacement = node.Int("replacement_char");
        if (replacement is < 0 or > 0x10FFFF)
            throw node.Fail("replacement_char out of unicode codepoint range");
        Replacement = (int)replacement;
        replaceControls = node.Find("replace_control_characters") is not null && node.Bool("replace_control_characters");
    }

    internal bool IsStrict => mode == "strict";

    internal bool IsIgnore => mode == "ignore";

    internal int Replacement { get; }

    /// <summary>Whether the code point is one that the control attribute asks to replace.</summary>
    internal bool IsUnwantedControl(int point) => replaceControls && point is >= 0 and <= 0x1F;

    /// <summary>Handles what is bad in decoded text.</summary>
    /// <param name="points">Code points.</param>
    /// <param name="starts">What goes with each code point, if anything does.</param>
    /// <param name="controlsAreErrors">Whether unwanted controls count as errors under "strict".</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for bad text under "strict".</exception>
    internal void Apply(List<int> points, List<long>? starts, bool controlsAreErrors)
    {
        var kept = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            if (point == CharacterEncoding.Error || IsUnwantedControl(point))
            {
                if (IsStrict && (controlsAreErrors || point == CharacterEncoding.Error))
                    throw EngineException.InvalidArgument("Invalid formatting on input string");
                if (IsIgnore)
                    continue;
                point = Replacement;
            }
            points[kept] = point;
            if (starts is not null)
                starts[kept] = starts[i];
            kept++;
        }
        points.RemoveRange(kept, points.Count - kept);
        starts?.RemoveRange(kept, starts.Count - kept);
    }
}
