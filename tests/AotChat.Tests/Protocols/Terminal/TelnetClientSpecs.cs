using System.Text;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What real clients send, recorded, and what each is answered.</summary>
public sealed class TelnetClientSpecs
{
    /// <summary>
    /// A client, and its talk: <c>&gt;</c> what it sends, <c>&lt;</c> what it gets, <c>!</c> what the server does of its own
    /// accord, <c>=</c> the mode and, where it is known, the window. Recorded from GNU inetutils 2.4, PuTTY's plink 0.78 and
    /// BusyBox 1.35 on a terminal of 100 by 30, with a server that gave the very same answers.
    /// </summary>
    public static TheoryData<string, string[]> Clients => new()
    {
        { "nc; GNU and BusyBox telnet on an odd port; Windows telnet", ["> 'w' 13 10", "<", "= data"] },
        {
            "GNU telnet: mode character, mode line, and again",
            [
                "> DO SGA DO ECHO", "< WONT SGA WILL ECHO WILL SGA DO NAWS", "= line",
                "> DO SGA WILL NAWS SB NAWS 0 100 0 30 SE", "<", "= character 100x30",
                "> 'ab' 13 0", "<", "= character 100x30",
                "> DONT SGA WILL LINEMODE DONT ECHO", "< WONT SGA WONT ECHO DONT LINEMODE", "= line 100x30",
                "> DO SGA DO ECHO", "< WONT SGA WILL ECHO WILL SGA", "= line 100x30",
                "> DO SGA", "<", "= character 100x30",
            ]
        },
        {
            "GNU telnet: the port written as -1235, so that it begins",
            [
                "> DO ENCRYPT WILL ENCRYPT DO SGA WILL TTYPE WILL NAWS WILL TSPEED WILL LFLOW WILL LINEMODE WILL NEW-ENVIRON DO STATUS",
                "< WONT ENCRYPT DONT ENCRYPT WONT SGA DONT TTYPE DO NAWS DONT TSPEED DONT LFLOW DONT LINEMODE DONT NEW-ENVIRON WONT STATUS",
                "= line",
                "> SB NAWS 0 100 0 30 SE", "<", "= line 100x30",
                "> SB NAWS 0 IAC 0 IAC SE", "<", "= line 255x255",
            ]
        },
        {
            "GNU telnet: editor on and off",
            [
                "! offer", "< WILL ECHO WILL SGA DO NAWS", "= data",
                "> DO ECHO DO SGA WILL NAWS SB NAWS 0 100 0 30 SE", "<", "= character 100x30",
                "! withdraw", "< WONT ECHO WONT SGA", "= line 100x30",
                "> DONT ECHO DONT SGA", "<", "= line 100x30",
            ]
        },
        {
            "GNU telnet: a password in line mode",
            [
                "> AYT", "<", "= line", "! hide", "< WILL ECHO", "= line", "> DO ECHO", "<", "= hidden",
                "> 'pw' 13 10", "<", "= hidden", "! show", "< WONT ECHO", "= line", "> DONT ECHO", "<", "= line",
            ]
        },
        { "GNU telnet: Ctrl-\\, after which it shows nothing until the mark comes", ["> BRK DO TM", "< WONT TM", "= line"] },
        { "GNU telnet: a probe", ["> NOP", "<", "= line", "! mark", "< DO TM", "= line", "> WILL TM", "<", "= line"] },
        {
            "PuTTY",
            [
                "> WILL NAWS WILL TSPEED WILL TTYPE WILL NEW-ENVIRON DO ECHO WILL SGA DO SGA",
                "< DO NAWS DONT TSPEED DONT TTYPE DONT NEW-ENVIRON WILL ECHO WILL SGA DO SGA", "= character",
                "> SB NAWS 0 100 0 30 SE WILL OLD-ENVIRON", "< DONT OLD-ENVIRON", "= character 100x30",
                "> 'ab' 13 0", "<", "= character 100x30",
                "> SB NAWS 0 70 0 20 SE SB NAWS 0 70 0 20 SE", "<", "= character 70x20",
                "! mark", "< DO TM", "= character 70x20", "> WONT TM", "<", "= character 70x20",
                "! withdraw", "< WONT ECHO WONT SGA", "= line 70x20", "> DONT ECHO DONT SGA", "<", "= line 70x20",
                "! offer", "< WILL ECHO WILL SGA", "= line 70x20", "> DO ECHO DO SGA", "<", "= character 70x20",
            ]
        },
        {
            "BusyBox telnet: c and l at its console",
            [
                "> DO ECHO DO SGA", "< WILL ECHO WILL SGA DO NAWS", "= character",
                "> WILL NAWS SB NAWS 0 100 0 30 SE", "<", "= character 100x30",
                "> 'ab' 13 10", "<", "= character 100x30",
                "> DONT ECHO DONT SGA", "< WONT ECHO WONT SGA", "= line 100x30",
            ]
        },
        {
            "A client that refuses everything",
            ["! offer", "< WILL ECHO WILL SGA DO NAWS", "= data", "> DONT ECHO DONT SGA WONT NAWS", "<", "= line"]
        },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public void A_client_gets_the_answers_it_needs(string client, string[] talk)
    {
        Assert.NotEmpty(client);
        TelnetTalk server = new();
        foreach (string line in talk)
        {
            string text = line[1..].Trim();
            switch (line[0])
            {
                case '>':
                    server.Receive(text);
                    break;

                case '<':
                    Assert.Equal(text, server.TakeText());
                    break;

                case '!':
                    Act(server, text);
                    break;

                default:
                    Assert.Equal(text, Mode(server));
                    break;
            }
        }
    }

    [Fact]
    public void Keys_of_either_mode_arrive_as_they_were_pressed()
    {
        TelnetTalk server = new();
        server.Receive("'line' 13 10 DO SGA DO ECHO DO SGA 'character' 13 0 DONT SGA WILL LINEMODE DONT ECHO 'line' 13 10");

        Assert.Equal("line\r\ncharacter\r\0line\r\n", Encoding.Latin1.GetString([.. server.Data]));
        Assert.Equal([6, 17], server.Changes);
    }

    private static void Act(TelnetTalk server, string action)
    {
        switch (action)
        {
            case "offer":
                server.OfferEcho();
                break;

            case "withdraw":
                server.WithdrawEcho();
                break;

            case "mark":
                server.RequestTimingMark();
                break;

            default:
                server.HideEcho(action == "hide");
                break;
        }
    }

    private static string Mode(TelnetTalk server)
    {
        string mode = server.Protocol switch
        {
            { IsCharacterMode: true } => "character",
            { IsEchoHidden: true } => "hidden",
            { IsSpeaker: true } => "line",
            _ => "data",
        };
        return server.Protocol.Columns == 0 ? mode : $"{mode} {server.Protocol.Columns}x{server.Protocol.Rows}";
    }
}
