using Engine.Conformance.Work;
using Engine.Runtime;

namespace Engine.Conformance.Running;

/// <summary>Runs one case and says how it ended.</summary>
internal static class CaseRunner
{
    internal static Verdict Run(Job job, SessionOptions options)
    {
        try
        {
            switch (job.Mode)
            {
                case Mode.Gradients:
                    new GradientCase(job.Case, options).Run();
                    break;
                case Mode.Models:
                    new ModelCase(job.Case, job.Folder, options).Run();
                    break;
                case Mode.Checkpoints:
                    new CheckpointCase(job.Case, job.Folder).Run();
                    break;
                case Mode.MetaGraphs:
                    new MetaGraphCase(job.Case, job.Folder, options).Run();
                    break;
                case Mode.States:
                    new CheckpointStateCase(job.Record, job.Folder).Run();
                    break;
                case Mode.Damage:
                    new DamagedCheckpointCase(job.Record, job.Folder).Run();
                    break;
                default:
                    new GraphCase(job.Case, options).Run();
                    break;
            }
            return new Verdict { Kind = Kind.Passed };
        }
        catch (CaseFailedException e)
        {
            return e.Verdict(CaseOps.Of(job.Case));
        }
        catch (Exception e)
        {
            // Whatever else comes out of the engine is a defect, but not the end of the run.
            return new Verdict { Kind = Kind.Crash, Op = CaseOps.Of(job.Case), Message = e.GetType().Name, Detail = $"{e.Message} {Frames(e)}" };
        }
    }

    private static string Frames(Exception e)
        => string.Join(" ", (e.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(4));
}
