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

    /// <summary>Why a user can't type its members and tell them apart, whatever the case of their letters; null where one can.</summary>
    public static string? ObstacleOf(EnumModel model)
    {
        if (model.Members.Count == 0)
        {
            return "it has none; give it at least one";
        }

        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (EnumMemberModel member in model.Members)
        {
            if (member.Name.Any(letter => letter is <= ' ' or >= '\x7f'))
            {
                return $"rename '{member.Name}', which is not ASCII";
            }

            if (names.TryGetValue(member.Name, out string? same))
            {
                return $"rename '{same}' or '{member.Name}', which differ by case alone";
            }

            names.Add(member.Name, member.Name);
        }

        return null;
    }

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
