using System.Text;

namespace Engine.Cli.Tests.Commands;

public sealed class ModelCommandsTests
{
    private static readonly string Model = Path.Combine(TestData.Models, "builder_two_graphs");

    [Theory]
    [InlineData("--tag_set", " serve , gpu ")]
    [InlineData("--tag", "gpu,serve")]
    [InlineData("--tag-set=serve,gpu", "--all=false")]
    public void CommandLinesMayBeWrittenAsPeopleDo(params string[] more)
    {
        var (exitCode, output, _) = Run(["show", "--dir", Model, .. more]);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("The given SavedModel MetaGraphDef contains SignatureDefs", output, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownFlagsAreNamed()
    {
        var (exitCode, _, errors) = Run(["show", "--dir", Model, "--nonsense"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("--nonsense", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfACheckpointStandsForIt()
    {
        var (exitCode, output, errors) = Run(["inspect", TestData.PathOf("checkpoints/seed_model/model.ckpt.data-00000-of-00001"), "--tensor_name=v1"]);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("tensor: v1 (float32) [3]\n[1. 1. 1.]\n", output, StringComparison.Ordinal);
        Assert.Contains("prefix", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckpointsAreConvertedThereAndBack()
    {
        var folder = Directory.CreateTempSubdirectory("engine-convert-").FullName;
        try
        {
            var source = TestData.PathOf("checkpoints/seed_model/model.ckpt");
            Assert.Equal(0, Run(["convert", source, Path.Combine(folder, "old"), "--to", "v1"]).ExitCode);
            Assert.Equal(0, Run(["convert", Path.Combine(folder, "old"), Path.Combine(folder, "new"), "--to", "v2"]).ExitCode);
            string[] show = ["--all_tensors"];
            Assert.Equal(Run(["inspect", source, .. show]).Output, Run(["inspect", Path.Combine(folder, "new"), .. show]).Output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void TheStepThroughViewReadsCommands()
    {
        var (exitCode, output, _) = Run(["run", "--dir", Path.Combine(TestData.Models, "builder_two_inputs"), "--signature_def", "serving_default", "--input_exprs", "x1=[[1]];x2=[[3]]", "--tf_debug"], "next\nprint y\nrun\n");
        Assert.Equal(0, exitCode);
        Assert.Contains("y:0 = float[1,1]\n[[4.]]", output, StringComparison.Ordinal);
        Assert.EndsWith("Result for output key y:\n[[4.]]\n", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Errors) Run(string[] arguments, string input = "")
    {
        using var output = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        using var errors = new StringWriter();
        var exitCode = EngineTool.Run(arguments, new(output, errors, new StringReader(input)));
        return (exitCode, output.ToString(), errors.ToString());
    }
}
