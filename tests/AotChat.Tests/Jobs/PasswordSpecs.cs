using System.Security.Cryptography;
using System.Text;
using AotChat.Jobs;

namespace AotChat.Tests.Jobs;

/// <summary>What is kept of a password is what SCRAM-SHA-256 asks for.</summary>
public sealed class PasswordSpecs
{
    // RFC 7677, 3: the exchange of the user "user" with the password "pencil".
    private const string Messages =
        "n=user,r=rOprNGfwEbeRWgbNEkqO,"
        + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
        + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    [Fact]
    public void The_keys_are_those_of_the_standards_example()
    {
        PasswordKeys keys = PasswordJob.DerivePassword("pencil"u8.ToArray(), Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4_096);

        byte[] messages = Encoding.ASCII.GetBytes(Messages);
        Assert.Equal("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Convert.ToBase64String(HMACSHA256.HashData(keys.ServerKey, messages)));
        byte[] proof = Convert.FromBase64String("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        byte[] signature = HMACSHA256.HashData(keys.StoredKey, messages);
        byte[] clientKey = [.. proof.Zip(signature, (one, other) => (byte)(one ^ other))];
        Assert.Equal(keys.StoredKey, SHA256.HashData(clientKey));
    }

    [Fact]
    public void A_new_password_has_a_salt_of_its_own()
    {
        PasswordKeys one = PasswordJob.DerivePassword("pencil"u8.ToArray(), [], 1);
        PasswordKeys other = PasswordJob.DerivePassword("pencil"u8.ToArray(), [], 1);

        Assert.Equal(16, one.Salt.Length);
        Assert.NotEqual(one.Salt, other.Salt);
        Assert.NotEqual(one.StoredKey, other.StoredKey);
    }
}
