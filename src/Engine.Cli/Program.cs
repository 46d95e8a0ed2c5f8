using Engine.Cli;

var terminal = Terminal.OfProcess();
var exitCode = EngineTool.Run(args, terminal);
terminal.Out.Flush();
return exitCode;
