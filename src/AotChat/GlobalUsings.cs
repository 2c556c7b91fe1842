// The names that a file with commands or jobs uses, so that it needs no using: see "Write your own command" in README.md.
// In other folders, too, these stand for a using; ArchitectureSpecs knows them.
#pragma warning disable IDE0005 // Not all are used here; they are for files to come.
global using JobAttribute = AotChat.Jobs.JobAttribute;
global using JobException = AotChat.Jobs.JobException;
global using JobFailedException = AotChat.Workers.JobFailedException;
global using JobLane = AotChat.Jobs.JobLane;
global using Room = AotChat.Chat.Room;
global using User = AotChat.Chat.User;
