using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Shape functions of random ops.</summary>
internal static class RandomShapes
{
    /// <summary>The output has the shape that an input says.</summary>
    internal static void FromInput(InferenceContext c, int input)
    {
        c.Input(input, 1);
        c.SetOutput(0, c.InputAsShape(input));
    }

    /// <summary>The same for ops with inputs shape and seed.</summary>
    internal static void WithSeed(InferenceContext c)
    {
        Seeds.Check(c, 1);
        FromInput(c, 0);
    }

    /// <summary>The same for ops with inputs shape, key, counter and algorithm.</summary>
    internal static void WithKey(InferenceContext c)
    {
        c.Input(1, 1);
        c.Input(2, 1);
        c.Input(3, 0);
        FromInput(c, 0);
    }
}
