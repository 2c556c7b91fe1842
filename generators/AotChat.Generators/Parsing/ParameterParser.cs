using System.Collections.Immutable;
using System.Text;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Emit;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Parsing;

/// <summary>Reads a command's parameters behind the context: its grammar.</summary>
internal sealed class ParameterParser(
    IMethodSymbol method, MethodDeclarationSyntax syntax, ImmutableArray<DiagnosticInfo>.Builder problems, CancellationToken cancellation)
{
    // More than this makes a usage longer than it helps; the choice then has a word, and the error lists the members.
    private const int LongestChoices = 30;

    private readonly ImmutableArray<ParameterModel>.Builder _models = ImmutableArray.CreateBuilder<ParameterModel>();

    private bool _isOptionalByNow;

    public ImmutableArray<ParameterModel> Parse()
    {
        for (int i = 1; i < method.Parameters.Length; i++)
        {
            Parse(method.Parameters[i], syntax.ParameterList.Parameters[i], IsLast(i));
        }

        return _models.ToImmutable();
    }

    private void Parse(IParameterSymbol parameter, ParameterSyntax declared, bool isLast)
    {
        ITypeSymbol type = ValueTypeOf(parameter, out bool isNullable);
        bool isList = parameter is { IsParams: true, Type: IArrayTypeSymbol { Rank: 1 } };
        ParameterKind? kind = KindOf(type);
        if (parameter.RefKind != RefKind.None
            || kind is null
            || (parameter.IsParams && !isList)
            || (isList && kind is ParameterKind.Token or ParameterKind.Bytes)
            || (isNullable && kind is ParameterKind.Token))
        {
            problems.Add(DiagnosticInfo.Create(
                Descriptors.UnsupportedParameter, declared.Type!.GetLocation(), TypeNames.ShortName(parameter.Type), ParameterAdvice.For(parameter)));
            return;
        }

        if (kind == ParameterKind.Token)
        {
            _models.Add(new(parameter.Name, "", ParameterKind.Token, Arity.Word, false, null, null, null));
            return;
        }

        EnumModel? choices = kind == ParameterKind.Enum ? EnumParser.Parse((INamedTypeSymbol)type) : null;
        if (choices is not null && EnumParser.ObstacleOf(choices) is { } obstacle)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.EnumCanNotBeTyped, declared.Type!.GetLocation(), choices.Name, obstacle));
        }

        Arity arity = isList ? Arity.List : Arity.Word;
        LimitModel? limit = null;
        foreach (AttributeData attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass.Is("RestAttribute", "Commands", "AotChat"))
            {
                arity = Arity.Rest;
                if (kind is not (ParameterKind.Text or ParameterKind.Bytes) || isList || !isLast)
                {
                    problems.Add(DiagnosticInfo.Create(Descriptors.MisplacedRest, AttributeValues.PlaceOf(attribute)));
                }
            }
            else if (attribute.AttributeClass.Is("BetweenAttribute", "Commands", "AotChat")
                || attribute.AttributeClass.Is("LengthAttribute", "Commands", "AotChat"))
            {
                LineText.Report(attribute, problems, cancellation);
                limit = LimitParser.Parse(attribute, kind.Value, out string reason);
                if (limit is null)
                {
                    problems.Add(DiagnosticInfo.Create(Descriptors.BadLimit, AttributeValues.PlaceOf(attribute), reason));
                }
            }
        }

        string? otherwise = isList ? null : DefaultOf(parameter, choices);
        if (otherwise is null && !isList && _isOptionalByNow)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.RequiredAfterOptional, declared.Identifier.GetLocation(), parameter.Name));
        }

        _isOptionalByNow |= otherwise is not null;
        _models.Add(new(parameter.Name, WordOf(parameter.Name, kind.Value, isList ? null : choices), kind.Value, arity, isNullable, otherwise, choices, limit));
    }

    // Behind it there may be tokens, which take nothing.
    private bool IsLast(int index) => method.Parameters.Skip(index + 1).All(parameter => KindOf(parameter.Type) == ParameterKind.Token);

    private string WordOf(string name, ParameterKind kind, EnumModel? choices) => kind switch
    {
        ParameterKind.Enum when choices is not null && ChoicesOf(choices) is { Length: <= LongestChoices } all => all,
        ParameterKind.User or ParameterKind.Room when method.Parameters.Count(other => KindOf(ValueTypeOf(other, out _)) == kind) == 1 =>
            UpperCase(kind.ToString()),
        ParameterKind.Uri => "URL",
        _ => UpperCase(name),
    };

    // What a user types for it: "heads|tails".
    private static string ChoicesOf(EnumModel choices) => string.Join("|", choices.Members.Select(Grammar.Typed));

    private static ITypeSymbol ValueTypeOf(IParameterSymbol parameter, out bool isNullable)
    {
        ITypeSymbol type = parameter is { IsParams: true, Type: IArrayTypeSymbol { Rank: 1 } list } ? list.ElementType : parameter.Type;
        isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return isNullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
    }

    private static ParameterKind? KindOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => ParameterKind.Text,
        SpecialType.System_Int32 => ParameterKind.Int32,
        SpecialType.System_Int64 => ParameterKind.Int64,
        SpecialType.System_Double => ParameterKind.Double,
        SpecialType.System_Boolean => ParameterKind.Boolean,
        _ when type.TypeKind == TypeKind.Enum => ParameterKind.Enum,
        _ => type.Name switch
        {
            "User" when type.Is("User", "Chat", "AotChat") => ParameterKind.User,
            "Room" when type.Is("Room", "Chat", "AotChat") => ParameterKind.Room,
            "BigInteger" when type.Is("BigInteger", "Numerics", "System") => ParameterKind.BigInteger,
            "TimeSpan" when type.Is("TimeSpan", "System") => ParameterKind.TimeSpan,
            "DateTimeOffset" when type.Is("DateTimeOffset", "System") => ParameterKind.DateTimeOffset,
            "Uri" when type.Is("Uri", "System") => ParameterKind.Uri,
            "CancellationToken" when type.Is("CancellationToken", "Threading", "System") => ParameterKind.Token,
            "ReadOnlySpan" when type.Is("ReadOnlySpan", "System")
                && ((INamedTypeSymbol)type).TypeArguments.First().SpecialType == SpecialType.System_Byte => ParameterKind.Bytes,
            _ => null,
        },
    };

    private static string? DefaultOf(IParameterSymbol parameter, EnumModel? choices)
    {
        ITypeSymbol type = parameter.Type;
        bool isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        if (!parameter.HasExplicitDefaultValue)
        {
            return isNullable ? "null" : null;
        }

        return parameter.ExplicitDefaultValue switch
        {
            // A parameter that takes no null by its type, but says "= null!", shall have it without a warning.
            null when type.IsReferenceType => isNullable ? "null" : "null!",
            null => isNullable ? "null" : "default",
            string text => Literal.Text(text),
            double number => Literal.Number(number),
            object number when choices is not null => EnumParser.Constant(choices, number),
            object other => SymbolDisplay.FormatPrimitive(other, quoteStrings: true, useHexadecimalNumbers: false),
        };
    }

    // roomName becomes ROOM-NAME.
    private static string UpperCase(string name)
    {
        StringBuilder word = new();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
            {
                word.Append('-');
            }

            word.Append(char.ToUpperInvariant(name[i]));
        }

        return word.ToString();
    }
}
