using System.Reflection;
using System.Text;

namespace AotChat.Generators.Tests;

/// <summary>Compiled commands, of which each test types lines to a caller of its own.</summary>
internal sealed class LoadedChat(Assembly assembly)
{
    /// <summary>Compiles members of a static class, and whatever is to stand beside it.</summary>
    public static LoadedChat With(string members, string beside = "") => new(Project.Create(Project.Commands(members) + beside).Load());

    /// <summary>What the commands did and answered.</summary>
    public List<string> Run(params string[] lines)
    {
        Type contextType = assembly.GetType("AotChat.Commands.CommandContext")!;
        object context = Activator.CreateInstance(contextType)!;
        MethodInfo run = assembly.GetType("AotChat.Commands.Entry")!.GetMethod("Run")!;
        foreach (string line in lines)
        {
            run.Invoke(null, [context, Encoding.UTF8.GetBytes(line)]);
        }

        return (List<string>)contextType.GetProperty("Log")!.GetValue(context)!;
    }

    /// <summary>What hooks did when somebody came, joined, left and went, or said something.</summary>
    public List<string> Happen(params string[] happenings)
    {
        Type contextType = assembly.GetType("AotChat.Commands.CommandContext")!;
        object context = Activator.CreateInstance(contextType)!;
        foreach (string happening in happenings)
        {
            assembly.GetType("AotChat.Commands.Entry")!.GetMethod("Happen")!.Invoke(null, [context, happening]);
        }

        return (List<string>)contextType.GetProperty("Log")!.GetValue(context)!;
    }

    /// <summary>What a static method of the entry says of the table of commands.</summary>
    public string[] Table(string method) => (string[])assembly.GetType("AotChat.Commands.Entry")!.GetMethod(method)!.Invoke(null, null)!;

    /// <summary>Calls a static asynchronous method beside the commands.</summary>
    public Task<string> CallAsync(string method, params object[] arguments) =>
        (Task<string>)assembly.GetType("Sample.Commands")!.GetMethod(method)!.Invoke(null, arguments)!;
}
