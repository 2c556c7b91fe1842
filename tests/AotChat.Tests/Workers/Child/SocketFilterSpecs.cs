using System.Runtime.InteropServices;
using AotChat.Native;
using AotChat.Workers.Child;

namespace AotChat.Tests.Workers.Child;

/// <summary>The filters of system calls, run instruction by instruction as the kernel would.</summary>
public sealed class SocketFilterSpecs
{
    private const uint Allow = 0x7FFF_0000;
    private const uint RefuseWithAccessDenied = 0x0005_000D;
    private const uint X64 = 0xC000_003E;
    private const uint Arm64 = 0xC000_00B7;
    private const uint X86 = 0x4000_0003;

    private const uint SendFlag = 0x4000;
    private const uint FastOpen = 0x2000_0000;
    private const uint CloseOnExecAndNonBlocking = 0x80800;

    [Theory]
    [InlineData(Architecture.X64, X64, 41)]
    [InlineData(Architecture.Arm64, Arm64, 198)]
    public void A_worker_that_computes_gets_no_socket(Architecture architecture, uint audit, uint socket)
    {
        foreach (uint family in (uint[])[1, 2, 10, 16, 17, 40])
        {
            Assert.Equal(RefuseWithAccessDenied, Run(architecture, hasNetwork: false, audit, socket, family, 1, 0));
        }
    }

    [Theory]
    [InlineData(1, 1, 0, Allow)]
    [InlineData(1, 5, 0, Allow)]
    [InlineData(2, 1, 0, Allow)]
    [InlineData(2, 1, 6, Allow)]
    [InlineData(10, 1, 6, Allow)]
    [InlineData(2, 2, 0, Allow)]
    [InlineData(10, 2, 17, Allow)]
    [InlineData(16, 3, 0, Allow)]
    [InlineData(2, 1, 262, RefuseWithAccessDenied)]
    [InlineData(10, 1, 132, RefuseWithAccessDenied)]
    [InlineData(2, 2, 1, RefuseWithAccessDenied)]
    [InlineData(2, 2, 136, RefuseWithAccessDenied)]
    [InlineData(2, 3, 6, RefuseWithAccessDenied)]
    [InlineData(10, 3, 255, RefuseWithAccessDenied)]
    [InlineData(2, 5, 132, RefuseWithAccessDenied)]
    [InlineData(16, 3, 16, RefuseWithAccessDenied)]
    [InlineData(17, 3, 0, RefuseWithAccessDenied)]
    [InlineData(40, 1, 0, RefuseWithAccessDenied)]
    public void A_worker_that_fetches_gets_ordinary_sockets_alone(uint family, uint type, uint protocol, uint verdict)
    {
        foreach (uint flags in (uint[])[0, CloseOnExecAndNonBlocking])
        {
            Assert.Equal(verdict, Run(Architecture.X64, hasNetwork: true, X64, 41, family, type | flags, protocol));
            Assert.Equal(verdict, Run(Architecture.Arm64, hasNetwork: true, Arm64, 198, family, type | flags, protocol));
        }
    }

    [Theory]
    [InlineData(Architecture.X64, X64, 44, 3)]
    [InlineData(Architecture.X64, X64, 307, 3)]
    [InlineData(Architecture.X64, X64, 46, 2)]
    [InlineData(Architecture.Arm64, Arm64, 206, 3)]
    [InlineData(Architecture.Arm64, Arm64, 269, 3)]
    [InlineData(Architecture.Arm64, Arm64, 211, 2)]
    public void Nothing_is_sent_without_a_connection_that_was_allowed(Architecture architecture, uint audit, uint call, int flags)
    {
        uint[] arguments = [FastOpen, FastOpen, FastOpen, FastOpen];
        arguments[flags] = SendFlag;
        Assert.Equal(Allow, Run(architecture, hasNetwork: true, audit, call, arguments));

        arguments[flags] |= FastOpen;
        Assert.Equal(RefuseWithAccessDenied, Run(architecture, hasNetwork: true, audit, call, arguments));
    }

    [Theory]
    [InlineData(Architecture.X64, X64, 425)]
    [InlineData(Architecture.Arm64, Arm64, 425)]
    [InlineData(Architecture.X64, X86, 359)]
    [InlineData(Architecture.X64, X64, 0x4000_0000 + 41)]
    [InlineData(Architecture.Arm64, X64, 198)]
    public void Rings_and_the_calls_of_other_interfaces_are_refused(Architecture architecture, uint audit, uint call)
    {
        Assert.Equal(RefuseWithAccessDenied, Run(architecture, hasNetwork: false, audit, call, 1, 1, 0));
        Assert.Equal(RefuseWithAccessDenied, Run(architecture, hasNetwork: true, audit, call, 1, 1, 0));
    }

    [Theory]
    [InlineData(Architecture.X64, X64, 41)]
    [InlineData(Architecture.Arm64, Arm64, 198)]
    public void Every_other_call_goes_through(Architecture architecture, uint audit, uint socket)
    {
        foreach (uint call in Enumerable.Range(0, 600).Select(call => (uint)call).Where(call => call != socket && call != 425))
        {
            Assert.Equal(Allow, Run(architecture, hasNetwork: false, audit, call, 1, 2, 3, 4));
            Assert.Equal(Allow, Run(architecture, hasNetwork: true, audit, call, 1, 2, 3, 4));
        }
    }

    [Fact]
    public void An_architecture_that_is_not_known_has_no_filter() => Assert.Null(SocketFilter.For(Architecture.RiscV64, hasNetwork: true));

    [Fact]
    public void An_instruction_is_laid_out_as_the_kernel_has_it() => Assert.Equal(8, Marshal.SizeOf<FilterInstruction>());

    private static uint Run(Architecture architecture, bool hasNetwork, uint audit, uint call, params uint[] arguments)
    {
        FilterInstruction[] program = SocketFilter.For(architecture, hasNetwork)!;
        uint loaded = 0;
        for (int i = 0; ; i++)
        {
            (ushort code, byte ifTrue, byte ifFalse, uint value) = program[i];
            switch (code)
            {
                case FilterInstruction.Load:
                    loaded = value switch { 0 => call, 4 => audit, _ => arguments[(value - 16) / 8] };
                    break;
                case FilterInstruction.And:
                    loaded &= value;
                    break;
                case FilterInstruction.JumpIfEqual:
                    i += loaded == value ? ifTrue : ifFalse;
                    break;
                case FilterInstruction.JumpIfAtLeast:
                    i += loaded >= value ? ifTrue : ifFalse;
                    break;
                case FilterInstruction.JumpIfAnySet:
                    i += (loaded & value) != 0 ? ifTrue : ifFalse;
                    break;
                case FilterInstruction.Return:
                    return value;
                default:
                    throw new InvalidOperationException($"It knows no instruction {code:X}.");
            }
        }
    }
}
