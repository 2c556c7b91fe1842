using System.Globalization;
using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes how the jobs' enums, arrays and records cross the pipe.</summary>
internal static class JobCodecEmitter
{
    public static string Emit(PayloadCode payloads, Suppression suppression)
    {
        SourceWriter source = new(suppression);
        JobTableEmitter.EmitUsings(source);
        source.Line("/// <summary>The jobs' own types on the pipe. Reading trusts nothing: what does not fit is an <see cref=\"InvalidDataException\"/>.</summary>");
        source.Obsolete(suppression);
        source.Line("internal static class JobCodec");
        source.Open();
        bool isFirst = true;
        foreach ((PayloadModel payload, string name) in payloads.Codecs)
        {
            if (!isFirst)
            {
                source.Line();
            }

            isFirst = false;
            switch (payload.Kind)
            {
                case PayloadKind.Enum:
                    EmitEnum(source, payload, name);
                    break;

                case PayloadKind.Array:
                    EmitArray(source, payload, name, payloads);
                    break;

                default:
                    EmitRecord(source, payload, name, payloads);
                    break;
            }
        }

        source.Close();
        return source.ToString();
    }

    private static void EmitEnum(SourceWriter source, PayloadModel payload, string name)
    {
        EnumModel choices = payload.Choices!;
        source.Line($"public static void Write{name}(PayloadWriter writer, {payload.Type} value) => writer.WriteInt64(unchecked((long)value));");
        source.Line();
        source.Line($"public static {payload.Type} Read{name}(ref PayloadReader reader)");
        source.Open();
        source.Line("long value = reader.ReadInt64();");
        if (choices.IsFlags)
        {
            string all = choices.Members.Aggregate(0L, (bits, member) => bits | member.Value).ToString(CultureInfo.InvariantCulture);
            source.Line($"return (value & ~({all}L)) == 0 ? unchecked(({payload.Type})value) : {Refuse(choices)};");
        }
        else
        {
            IEnumerable<string> values = choices.Members
                .Select(member => member.Value)
                .Distinct()
                .OrderBy(value => value)
                .Select(value => value.ToString(CultureInfo.InvariantCulture));
            string test = choices.Members.Count == 0 ? "false" : "value is " + string.Join(" or ", values);
            source.Line($"return {test} ? unchecked(({payload.Type})value) : {Refuse(choices)};");
        }

        source.Close();
    }

    private static string Refuse(EnumModel choices) =>
        $"throw new InvalidDataException($\"There is no {choices.Name} {{value}}, as a job's payload has it.\")";

    private static void EmitArray(SourceWriter source, PayloadModel payload, string name, PayloadCode payloads)
    {
        PayloadModel element = payload.Members[0].Payload;
        source.Line($"public static void Write{name}(PayloadWriter writer, {payload.Type} value)");
        source.Open();
        source.Line("writer.WriteInt32(value.Length);");
        source.Line($"foreach ({element.Type} element in value)");
        source.Open();
        source.Line(payloads.Write(element, "element") + ";");
        source.Close();
        source.Close();
        source.Line();
        source.Line($"public static {payload.Type} Read{name}(ref PayloadReader reader)");
        source.Open();
        source.Line($"{payload.Type} value = new {NewArray(element.Type, $"reader.ReadCount({element.MinBytes})")};");
        source.Line("for (int i = 0; i < value.Length; i++)");
        source.Open();
        source.Line($"value[i] = {payloads.Read(element)};");
        source.Close();
        source.Line();
        source.Line("return value;");
        source.Close();
    }

    // An array of int[] is made by "new int[count][]". Brackets may stand inside of the element, too: Box<int[]>.
    private static string NewArray(string element, string count)
    {
        int end = element.Length;
        while (element[end - 1] == ']')
        {
            end -= "[]".Length;
        }

        return $"{element.Substring(0, end)}[{count}]{element.Substring(end)}";
    }

    private static void EmitRecord(SourceWriter source, PayloadModel payload, string name, PayloadCode payloads)
    {
        source.Line($"public static void Write{name}(PayloadWriter writer, {payload.Type} value)");
        source.Open();
        foreach (PayloadMemberModel member in payload.Members)
        {
            source.Line(payloads.Write(member.Payload, "value." + Literal.Identifier(member.Name)) + ";");
        }

        source.Close();
        source.Line();

        // Arguments are evaluated from left to right: in the order in which they were written.
        IEnumerable<string> values = payload.Members.Select(member => payloads.Read(member.Payload));
        source.Line($"public static {payload.Type} Read{name}(ref PayloadReader reader) => new({string.Join(", ", values)});");
    }
}
