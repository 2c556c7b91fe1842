using System.Runtime.InteropServices;

namespace AotChat.Jobs;

/// <summary>
/// Whether this machine has the library that https needs. The runtime loads OpenSSL when it is first used, and ends the
/// process where there is none: that has to be known before.
/// </summary>
internal static class SecureTransport
{
    // Names a version, 1.1 or 3, that the runtime tries first.
    private const string VersionVariable = "CLR_OPENSSL_VERSION_OVERRIDE";

    // What the runtime looks for on Linux, in its order (opensslshim.c).
    private static readonly string[] Versions = ["3", "1.1", "1.0.2", "1.0.0", "10"];

    private static readonly Lazy<bool> IsThere = new(() => !OperatingSystem.IsLinux() || CanLoad(
        Environment.GetEnvironmentVariable(VersionVariable), static name => NativeLibrary.TryLoad(name, out _)));

    /// <summary>Whether https can be used. Looked for once: a library that is installed later is found by the next worker.</summary>
    public static bool IsAvailable => IsThere.Value;

    /// <summary>Whether one of the libraries that the runtime would take can be loaded.</summary>
    /// <param name="preferred">The version that it tries first; null for none.</param>
    /// <param name="tryLoad">Loads a library by its name.</param>
    public static bool CanLoad(string? preferred, Func<string, bool> tryLoad) =>
        (preferred is null ? Versions : Versions.Prepend(preferred)).Any(version => tryLoad("libssl.so." + version));
}
