using AotChat.Load;

namespace AotChat.Tests.Load;

/// <summary>The generator's own account against servers whose faults are known.</summary>
public sealed class TrafficSpecs
{
    [Fact]
    public void A_server_without_fault_is_clean()
    {
        TrafficResult result = Run((_, text) => [text]);

        Assert.True(result.IsClean);
        Assert.Equal(result.Sent, result.Received);
        Assert.Equal(result.Sent, result.Latency.Count);
    }

    [Fact]
    public void A_message_that_is_not_handed_on_is_lost()
    {
        TrafficResult result = Run((number, text) => number is 3 or 5 ? [] : [text]);

        Assert.Equal((2, false), (result.Lost, result.IsClean));
    }

    [Fact]
    public void A_message_that_is_handed_on_twice_is_duplicated()
    {
        TrafficResult result = Run((number, text) => number == 3 ? [text, text] : [text]);

        Assert.Equal((1, 0, false), (result.Duplicated, result.Lost, result.IsClean));
    }

    [Fact]
    public void A_message_that_comes_after_a_later_one_is_out_of_order()
    {
        string held = "";
        TrafficResult result = Run((number, text) =>
        {
            switch (number)
            {
                case 3:
                    held = text;
                    return [];
                case 4:
                    return [text, held];
                default:
                    return [text];
            }
        });

        Assert.Equal((1, 0, false), (result.Misordered, result.Lost, result.IsClean));
    }

    [Fact]
    public void A_message_that_is_changed_is_not_recognised()
    {
        TrafficResult result = Run((number, text) => [number == 3 ? text[..^1] + "y" : text]);

        Assert.Equal((1, 1, false), (result.Corrupt, result.Lost, result.IsClean));
    }

    private static TrafficResult Run(Func<int, string, string[]> handOn)
    {
        using FaultyServer server = new(handOn);
        using Traffic traffic = new(new TrafficPlan { Clients = 2, Senders = 1, Rate = 500, IsDirect = true }, server.Port);
        return traffic.Run(Environment.ProcessId, warmUpSeconds: 0, seconds: 0.1);
    }
}
