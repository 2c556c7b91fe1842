namespace AotChat.Tests.Simulation;

/// <summary>What people type, and what each of them may be answered.</summary>
/// <param name="random">Chooses.</param>
/// <param name="clients">Everybody who has come.</param>
/// <param name="isTrueList">Whether an answer to <c>w</c> lists those who were there.</param>
internal sealed class ScheduleTalk(Random random, IReadOnlyList<ScheduledClient> clients, Func<string, bool> isTrueList)
{
    private int _number;

    public void Talk(ScheduledClient client, ScheduledClient witness)
    {
        int lines = random.Next(4) == 0 ? random.Next(1, 30) : 1;
        for (int i = 0; i < lines; i++)
        {
            string id = $"{++_number}";
            string filling = new('x', random.Next(3) == 0 ? random.Next(0, 450) : random.Next(0, 20));
            string other = clients[random.Next(clients.Count)].Name;
            switch (random.Next(9))
            {
                case 0 or 1 or 2 when client != witness:
                    client.Broadcasts.Add($"{client.Name} b{id} {filling}");
                    client.Type($"broadcast b{id} {filling}");
                    break;

                case 3 or 4:
                    client.Type($"msg {other} d{id} {filling}", line => IsAnswerToMessage(line, client, other, $"{client.Name} d{id} {filling}"));
                    break;

                case 5:
                    client.Type("w", isTrueList);
                    break;

                case 6:
                    client.Type($"x{id}", line => line.EndsWith($"] Unknown command: x{id}\n", StringComparison.Ordinal));
                    break;

                case 7:
                    client.Type(new string('y', 600), line => line.EndsWith("] Line too long (limit 512 bytes).\n", StringComparison.Ordinal));
                    break;

                case 8:
                    // To itself, who is certainly there when it runs.
                    (int asked, int confirmed) = client.Jobs.GetValueOrDefault(client.Name);
                    client.Jobs[client.Name] = (asked + 1, confirmed);
                    client.Type($"fib {client.Name} {random.Next(1, 40)}");
                    break;
            }
        }

        client.Deliver(random.Next(3) == 0 ? random.Next(1, 50) : int.MaxValue);
    }

    private static bool IsAnswerToMessage(string line, ScheduledClient sender, string recipient, string text)
    {
        if (line.EndsWith($"] Message is delivered to {recipient}\n", StringComparison.Ordinal))
        {
            sender.Confirmed.Add((recipient, text));
            return true;
        }

        return line.EndsWith($"] Cannot deliver the message to {recipient}\n", StringComparison.Ordinal)
            || line.EndsWith($"] User not found: {recipient}\n", StringComparison.Ordinal);
    }
}
