namespace Engine.Io.Tests.Checkpoints;

public class CheckpointStateTests
{
    [Theory]
    [InlineData("model_checkpoint_path: \"model-20\"\nall_model_checkpoint_paths: \"model-10\"\nall_model_checkpoint_paths: \"model-20\"\n", "model-20")]
    [InlineData("model_checkpoint_path: \"model-10\" model_checkpoint_path: \"model-20\"", "model-20")]
    [InlineData("model_checkpoint_path: \"model-?0\"", "model-?0")]
    [InlineData("model_checkpoint_path: \"model-20.index\"", "model-20.index")]
    [InlineData("model_checkpoint_path: \"sub//model-1\"", "sub//model-1")]
    [InlineData("model_checkpoint_path: \"old-5\"", "old-5")]
    [InlineData("model_checkpoint_path: \"gone-30\"", null)]
    [InlineData("model_checkpoint_path: \"model-20\" unknown: 1", null)]
    [InlineData("model_checkpoint_path: \"model-20", null)]
    public void TheLatestCheckpointIsFound(string text, string? expected)
    {
        using var data = new TestData();
        Directory.CreateDirectory(data["sub"]);
        foreach (var name in new[] { "model-10.index", "model-20.index", "old-5", "sub/model-1.index" })
            File.WriteAllText(data[name], "");
        File.WriteAllText(data["checkpoint"], text);
        Assert.Equal(expected is null ? null : data.Folder + "/" + expected, CheckpointState.LatestCheckpoint(data.Folder));
    }

    [Fact]
    public void PathsAndTimes()
    {
        using var data = new TestData();
        Assert.Null(CheckpointState.Read(data.Folder));
        File.WriteAllText(data["state"], "model_checkpoint_path: '/elsewhere/b' all_model_checkpoint_paths: ['a', '/elsewhere/b'] all_model_checkpoint_timestamps: [1.5, 2] last_preserved_timestamp: 0.25");
        var state = CheckpointState.Read(data.Folder, "state")!;
        Assert.Equal("/elsewhere/b", state.LatestPath);
        Assert.Equal([data["a"], "/elsewhere/b"], state.Paths);
        Assert.Equal([1.5, 2], state.Timestamps);
        Assert.Equal(0.25, state.LastPreservedTimestamp);
    }

    [Theory]
    [InlineData("")]
    [InlineData("model_checkpoint_path: ''")]
    [InlineData("all_model_checkpoint_paths: 'a'")]
    public void AStateWithoutLatestIsRefused(string text)
    {
        using var data = new TestData();
        File.WriteAllText(data["checkpoint"], text);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<InvalidModelException>(() => CheckpointState.Read(data.Folder)).Code);
    }
}
