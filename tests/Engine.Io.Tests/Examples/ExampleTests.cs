using Engine.Io.Examples;
using Engine.Ops.Parsing;
using FeatureKind = Engine.Io.Examples.FeatureKind;
using ParsedKind = Engine.Ops.Parsing.FeatureKind;

namespace Engine.Io.Tests.Examples;

public class ExampleTests
{
    [Fact]
    public void ExamplesKeepTheirFeatures()
    {
        var example = new Example { ["f"] = Feature.Of(1.5f), ["i"] = Feature.Of(-1L, 300), ["s"] = Feature.Of("ab", "") };
        var parsed = Example.Parse(example.ToBytes());
        Assert.Equal([1.5f], parsed["f"].Floats);
        Assert.Equal([-1L, 300], parsed["i"].Integers);
        Assert.Equal(["ab"u8.ToArray(), []], parsed["s"].Bytes);
        Assert.Equal((FeatureKind.Floats, FeatureKind.Integers, FeatureKind.Bytes), (parsed["f"].Kind, parsed["i"].Kind, parsed["s"].Kind));
    }

    [Fact]
    public void FeaturesComeFromTensors()
    {
        Assert.Equal([1L, 0], Feature.Of(Tensor.Wrap([true, false])).Integers);
        Assert.Equal([0.5f, 2], Feature.Of(Tensor.Wrap([0.5, 2])).Floats);
        TestData.AssertEqual(Tensor.Wrap([3L, 4]), Feature.Of(Tensor.Wrap([3, 4])).ToTensor());
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => Feature.None.ToTensor()).Code);
    }

    [Fact]
    public void SequencesKeepTheirSteps()
    {
        var sequence = new SequenceExample { Context = { ["id"] = Feature.Of(7L) }, FeatureLists = { ["words"] = [Feature.Of("a"), Feature.None, Feature.Of("b", "c")] } };
        var parsed = SequenceExample.Parse(sequence.ToBytes());
        Assert.Equal([7L], parsed.Context["id"].Integers);
        Assert.Equal([1, 0, 2], parsed.FeatureLists["words"].Select(f => f.Count));
        Assert.Equal(FeatureKind.None, parsed.FeatureLists["words"][1].Kind);
    }

    [Fact]
    public void DamagedExamplesAreHarmless()
    {
        var original = new Example { ["f"] = Feature.Of(1.5f, 2, 3), ["i"] = Feature.Of(-1L, 300), ["s"] = Feature.Of("ab", "") }.ToBytes();
        var sequence = new SequenceExample { Context = { ["i"] = Feature.Of(7L) }, FeatureLists = { ["s"] = [Feature.Of("a"), Feature.Of("b", "c")] } }.ToBytes();
        foreach (var damaged in Mutations.Of(original, 2000, seed: 4).Concat(Mutations.Of(sequence, 2000, seed: 5)))
        {
            Mutations.AssertHarmless(damaged, () => Example.Parse(damaged));
            Mutations.AssertHarmless(damaged, () => SequenceExample.Parse(damaged));
            Mutations.AssertHarmless(damaged, () => new ExampleParser([new(ParsedKind.Sparse, "i"u8.ToArray(), DType.Int64), new(ParsedKind.Ragged, "s"u8.ToArray(), DType.String)]).Read(damaged, 0));
            Mutations.AssertHarmless(damaged, () => SequenceMessage.TryParse(damaged));
        }
    }
}
