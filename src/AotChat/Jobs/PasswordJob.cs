using System.Security.Cryptography;

namespace AotChat.Jobs;

/// <summary>Makes of a password what is kept of it. A worker takes the time, and is the process that loads OpenSSL for it.</summary>
internal static class PasswordJob
{
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;

    /// <summary>
    /// The keys of SCRAM-SHA-256 (RFC 5802, 3; RFC 7677): PBKDF2-HMAC-SHA-256 of the password, and the two keys that are made
    /// of it. The password is taken byte by byte: .NET has no SASLprep, which changes nothing in ASCII.
    /// </summary>
    /// <param name="password">The password, in UTF-8.</param>
    /// <param name="salt">The salt; empty for a new one.</param>
    /// <param name="iterations">How often PBKDF2 hashes.</param>
    [Job]
    internal static PasswordKeys DerivePassword(byte[] password, byte[] salt, int iterations)
    {
        salt = salt.Length > 0 ? salt : RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, KeyBytes);
        byte[] clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        return new PasswordKeys(salt, SHA256.HashData(clientKey), HMACSHA256.HashData(salted, "Server Key"u8));
    }
}

/// <summary>What <see cref="PasswordJob"/> makes of a password.</summary>
/// <param name="Salt">The salt.</param>
/// <param name="StoredKey">32 bytes; proves the client.</param>
/// <param name="ServerKey">32 bytes; proves the server.</param>
internal sealed record PasswordKeys(byte[] Salt, byte[] StoredKey, byte[] ServerKey);
