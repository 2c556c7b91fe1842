using AotChat.Load;

namespace AotChat.Tests.Load;

public sealed class LedgerSpecs
{
    [Fact]
    public void Messages_in_order_are_received_and_nothing_else()
    {
        Ledger ledger = Note(0, 1, 2);

        Assert.Equal((3, 0, 0, 0), Counts(ledger));
    }

    [Fact]
    public void A_gap_counts_as_one_lost_message()
    {
        Ledger ledger = Note(0, 2);

        Assert.Equal((2, 0, 0, 0), Counts(ledger));
    }

    [Fact]
    public void A_message_that_fills_a_gap_later_is_out_of_order()
    {
        Ledger ledger = Note(0, 2, 1);

        Assert.Equal((3, 0, 1, 0), Counts(ledger));
    }

    [Fact]
    public void A_message_that_comes_again_is_a_duplicate()
    {
        Ledger ledger = Note(0, 1, 1, 0);

        Assert.Equal((2, 2, 0, 0), Counts(ledger));
    }

    [Fact]
    public void Each_sender_counts_for_each_recipient()
    {
        Ledger ledger = new(recipients: 2, senders: 2);
        ledger.Note(recipient: 0, sender: 0, number: 0);
        ledger.Note(recipient: 0, sender: 1, number: 0);
        ledger.Note(recipient: 1, sender: 0, number: 0);

        Assert.Equal((3, 0, 0, 0), Counts(ledger));
    }

    [Fact]
    public void A_sender_that_does_not_exist_was_made_up_on_the_way()
    {
        Ledger ledger = new(recipients: 1, senders: 1);
        ledger.Note(recipient: 0, sender: 1, number: 0);

        Assert.Equal((0, 0, 0, 1), Counts(ledger));
    }

    private static Ledger Note(params int[] numbers)
    {
        Ledger ledger = new(recipients: 1, senders: 1);
        foreach (int number in numbers)
        {
            ledger.Note(0, 0, number);
        }

        return ledger;
    }

    private static (long, long, long, long) Counts(Ledger ledger) => (ledger.Received, ledger.Duplicated, ledger.Misordered, ledger.Corrupt);
}
