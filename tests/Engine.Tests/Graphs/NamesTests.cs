using Engine.Graphs;

namespace Engine.Tests.Graphs;

public class NamesTests
{
    [Theory]
    [InlineData("x", "x", 0)]
    [InlineData("x:0", "x", 0)]
    [InlineData("a/b:12", "a/b", 12)]
    [InlineData("x:-1", "x:-1", 0)]
    [InlineData("x:", "x:", 0)]
    [InlineData(":1", ":1", 0)]
    [InlineData("x:99999999999", "x:99999999999", 0)]
    [InlineData("", "", 0)]
    public void TensorNames(string name, string node, int index) => Assert.Equal((node, index), TensorName.Parse(name));

    [Theory]
    [InlineData("/job:localhost/task:0", false)]
    [InlineData("/job:worker/task:3", true)]
    [InlineData("/JOB:worker", true)]
    [InlineData("", false)]
    [InlineData("/device:GPU:0", false)]
    public void RemoteDevices(string device, bool remote) => Assert.Equal(remote, DeviceName.IsRemote(device));
}
