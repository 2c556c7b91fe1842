using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes the calls of hooks: a partial method for each happening that has some.</summary>
internal static class HookEmitter
{
    public static string Emit(IReadOnlyList<HookModel> hooks)
    {
        SourceWriter source = new(Suppression.Of(hooks));
        source.Line("using System;");
        source.Line("using AotChat.Chat;");
        source.Line();
        source.Line("namespace AotChat.Commands;");
        source.Line();
        source.Line("internal static partial class CommandHooks");
        source.Open();
        foreach (IGrouping<(string Event, bool HasRoom), HookModel> happening in hooks.GroupBy(hook => (hook.Event, hook.HasRoom)))
        {
            source.Line();
            Emit(source, happening.Key.Event, happening.Key.HasRoom, [.. happening]);
        }

        source.Close();
        return source.ToString();
    }

    private static void Emit(SourceWriter source, string happening, bool hasRoom, HookModel[] hooks)
    {
        bool hasText = happening == "OnSaid";
        source.Obsolete(Suppression.Of(hooks));
        source.Line($"static partial void {happening}(CommandContext context{(hasRoom ? ", Room room" : "")}{(hasText ? ", ReadOnlySpan<byte> text" : "")})");
        source.Open();
        source.Line("context = context.ForHook();");
        foreach (HookModel hook in hooks)
        {
            string text = hook.TakesText ? ", ArgumentParser.Text(text)" : ", text";
            string call = $"{hook.Method}(context{(hasRoom ? ", room" : "")}{(hasText ? text : "")})";
            source.Line("try");
            source.Open();
            source.Line(hook.IsAsynchronous ? $"context.Run({call});" : $"{call};");
            source.Close();
            source.Line("catch (Exception exception)");
            source.Open();
            source.Line("context.Failed(exception);");
            source.Close();
            source.Line();
        }

        source.Close();
    }
}
