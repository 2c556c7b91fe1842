using System.Text;
using AotChat.Chat;
using AotChat.Store;
using SQLitePCL;

namespace AotChat.Tests.Store;

/// <summary>
/// Lives of a store on a disk that is slow, full, fails, loses its power or its process at any moment: what was promised is
/// there afterwards, what was refused is not, and lines have no gap. Each life is decided by its seed.
/// </summary>
public sealed class DiskLifeSpecs
{
    private const int Lives = 100;
    private const int Restarts = 3;
    private const int Steps = 60;

    [Fact]
    public void What_was_promised_outlives_every_disk()
    {
        (int kept, int refused) = (0, 0);
        for (int seed = 0; seed < Lives; seed++)
        {
            Life life = new(seed);
            life.Run();
            (kept, refused) = (kept + life.Kept, refused + life.Refused);
        }

        Assert.True(kept > 2 * Lives && refused > 2 * Lives, $"Only {kept} promises were kept and {refused} refused.");
    }

    private sealed class Life(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<string> _said = [];
        private readonly HashSet<long> _kept = [];
        private readonly HashSet<long> _refused = [];
        private readonly List<(long Id, Task<bool> Answer)> _asked = [];
        private long _lastId;
        private long _syncedLength;

        public int Kept => _kept.Count;

        public int Refused => _refused.Count;

        public void Run()
        {
            string? files = null;
            for (int restart = 0; restart < Restarts; restart++)
            {
                using StoreUnderTest test = new(database: files);
                Check(test, isWhole: restart == 0);
                _syncedLength = LogLength(test);
                for (int step = 0; step < Steps; step++)
                {
                    Step(test);
                }

                files = Die(test);
            }

            using StoreUnderTest last = new(database: files);
            Check(last, isWhole: false);
            Directory.Delete(Path.GetDirectoryName(files)!, recursive: true);
        }

        private void Step(StoreUnderTest test)
        {
            switch (_random.Next(12))
            {
                case < 5:
                    _said.Add($"line {_said.Count + 1} of life {seed}");
                    test.Store.KeepLine(new SaidLine(1, _said.Count, ChatEventKind.Said, _said.Count, 0, 5, Encoding.UTF8.GetBytes("alice " + _said[^1])));
                    break;

                case 5 or 6:
                    StoredBan ban = new(++_lastId, BanKind.Ban, 0, 0, "mallory", "", "alice", "", 1, StoredBan.Forever);
                    _asked.Add((ban.Id, test.Store.TryWriteAsync(new StoreChange.SaveBan(ban)).AsTask()));
                    break;

                case 7:
                    test.Fault = test.Fault is null ? new StoreException(_random.Next(2) == 0 ? raw.SQLITE_FULL : raw.SQLITE_IOERR, "fault") : null;
                    break;

                // The disk is slow: most steps go by without a write.
                case 8 or 9:
                    Write(test);
                    break;

                default:
                    test.TurnLoop();
                    break;
            }
        }

        private void Write(StoreUnderTest test)
        {
            test.Store.WriteOnce();
            long length = LogLength(test);
            test.TurnLoop();
            int answered = _asked.RemoveAll(asked =>
            {
                if (asked.Answer.IsCompleted)
                {
                    (asked.Answer.Result ? _kept : _refused).Add(asked.Id);
                }

                return asked.Answer.IsCompleted;
            });
            if (answered > 0)
            {
                _syncedLength = length;
            }
        }

        // The process dies, or the power goes, which may tear what was not synced anywhere.
        private string Die(StoreUnderTest test)
        {
            string copy = Path.Combine(Directory.CreateTempSubdirectory("aotchat-life-").FullName, "chat.db");
            File.Copy(test.Database, copy);
            byte[] log = File.Exists(test.Database + "-wal") ? File.ReadAllBytes(test.Database + "-wal") : [];
            int whole = _random.Next(2) == 0 ? log.Length : _random.Next((int)Math.Min(_syncedLength, log.Length), log.Length + 1);
            File.WriteAllBytes(copy + "-wal", log[..whole]);
            _asked.Clear();
            return copy;
        }

        private void Check(StoreUnderTest test, bool isWhole)
        {
            HashSet<long> bans = [.. test.State.Bans.Select(ban => ban.Id)];
            Assert.True(_kept.IsSubsetOf(bans), $"Life {seed}: a promise was not kept.");
            Assert.False(_refused.Overlaps(bans), $"Life {seed}: what was refused is there.");
            string[] lines = test.History();
            Assert.True(lines.Length <= _said.Count && lines.SequenceEqual(_said.Take(lines.Length)), $"Life {seed}: the lines have a gap or another order.");
            Assert.True(!isWhole || lines.Length == _said.Count, $"Life {seed}: lines are missing.");
            using SqliteDatabase file = SqliteDatabase.Open(test.Database, SqliteMode.Read);
            Assert.Equal(0, file.Number("SELECT count(*) FROM pragma_quick_check WHERE quick_check <> 'ok'"));

            // The chat goes on behind the last line that is there.
            _said.RemoveRange(lines.Length, _said.Count - lines.Length);
        }

        private static long LogLength(StoreUnderTest test) => new FileInfo(test.Database + "-wal") is { Exists: true } log ? log.Length : 0;
    }
}
