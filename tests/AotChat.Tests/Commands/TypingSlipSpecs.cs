using System.Text;
using AotChat.Commands;

namespace AotChat.Tests.Commands;

/// <summary>Which words a finger that slips makes of a command's name.</summary>
public sealed class TypingSlipSpecs
{
    [Theory]
    [InlineData("msg", "mgs", TypingSlip.Kind.Swapped)]
    [InlineData("msg", "SMG", TypingSlip.Kind.Swapped)]
    [InlineData("msg", "ms", TypingSlip.Kind.Counted)]
    [InlineData("msg", "sg", TypingSlip.Kind.Counted)]
    [InlineData("msg", "msgg", TypingSlip.Kind.Counted)]
    [InlineData("msg", "amsg", TypingSlip.Kind.Counted)]
    [InlineData("msg", "nsg", TypingSlip.Kind.Beside)]
    [InlineData("msg", "mag", TypingSlip.Kind.Beside)]
    [InlineData("msg", "msf", TypingSlip.Kind.Beside)]
    [InlineData("tell", "yell", TypingSlip.Kind.Beside)]
    [InlineData("tell", "well", TypingSlip.Kind.None)]
    [InlineData("tell", "sell", TypingSlip.Kind.None)]
    [InlineData("msg", "msg", TypingSlip.Kind.None)]
    [InlineData("msg", "gsm", TypingSlip.Kind.None)]
    [InlineData("msg", "m", TypingSlip.Kind.None)]
    [InlineData("msg", "mxxg", TypingSlip.Kind.None)]
    [InlineData("msg", "", TypingSlip.Kind.None)]
    [InlineData("reply", "rely", TypingSlip.Kind.Counted)]
    public void A_mistyped_word_has_the_kind_of_slip_that_leads_to_it(string meant, string typed, object kind) =>
        Assert.Equal(kind, TypingSlip.Leads(meant, Encoding.ASCII.GetBytes(typed)));
}
