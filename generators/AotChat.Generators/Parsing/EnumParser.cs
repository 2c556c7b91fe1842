using System.Collections.Immutable;
using System.Globalization;
using AotChat.Generators.Emit;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Parsing;

/// <summary>Reads what an enum consists of.</summary>
internal static class EnumParser
{
    public static EnumModel Parse(INamedTypeSymbol type)
    {
        ImmutableArray<EnumMemberModel>.Builder members = ImmutableArray.CreateBuilder<EnumMemberModel>();
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
        {
            members.Add(new EnumMemberModel(field.Name, ValueOf(field.ConstantValue!)));
        }

        bool isFlags = type.GetAttributes().Any(data => data.AttributeClass.Is("FlagsAttribute", "System"));
        return new(TypeNames.PathOf(type), type.Name, isFlags, new(members.ToImmutable()));
    }

    /// <summary>Whether its members can be typed and told apart, whatever the case of their letters.</summary>
    public static bool CanBeTyped(EnumModel model) =>
        model.Members.Count > 0
        && model.Members.All(member => member.Name.All(letter => letter is > ' ' and < '\x7f'))
        && model.Members.Select(member => member.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == model.Members.Count;

    /// <summary>A constant of the enum as C#: one of its members, where it is one.</summary>
    public static string Constant(EnumModel model, object constant)
    {
        long value = ValueOf(constant);
        return model.Members.FirstOrDefault(member => member.Value == value) is { } named
            ? $"{model.Type}.{Literal.Identifier(named.Name)}"
            : $"unchecked(({model.Type})({value.ToString(CultureInfo.InvariantCulture)}))";
    }

    private static long ValueOf(object constant) =>
        constant is ulong large ? unchecked((long)large) : Convert.ToInt64(constant, CultureInfo.InvariantCulture);
}
