using System.Text;

namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>Which code points differ in case alone.</summary>
internal static class CaseFolding
{
    private static readonly Lazy<Dictionary<int, int[]>> Groups = new(MakeGroups);

    /// <summary>The set with the other cases of its members.</summary>
    internal static CodePointSet Fold(CodePointSet set)
    {
        var ranges = set.Ranges.ToList();
        foreach (var (member, group) in Groups.Value)
        {
            if (set.Contains(member))
                ranges.AddRange(group.Select(c => (c, c)));
        }
        return CodePointSet.Of(ranges);
    }

    private static Dictionary<int, int[]> MakeGroups()
    {
        var groups = new Dictionary<int, List<int>>();
        for (var c = 0; c <= 0x1FFFF; c++)
        {
            if (!Rune.IsValid(c) || (Rune.ToLowerInvariant(new Rune(c)).Value == c && Rune.ToUpperInvariant(new Rune(c)).Value == c && c is not (0x17F or 0x212A)))
                continue;
            // The long s and the Kelvin sign are the two letters outside ASCII that fold to ASCII ones.
            var key = c switch
            {
                0x17F => 's',
                0x212A => 'k',
                _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(c))).Value,
            };
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = [];
            group.Add(c);
        }
        var members = new Dictionary<int, int[]>();
        foreach (var (key, group) in groups)
        {
            if (!group.Contains(key))
                group.Add(key);
            foreach (var c in group)
                members[c] = [.. group];
        }
        return members;
    }
}
