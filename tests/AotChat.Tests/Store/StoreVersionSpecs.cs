using AotChat.Store;

namespace AotChat.Tests.Store;

/// <summary>Files of older versions are brought up to date, wholly or not at all.</summary>
public sealed class StoreVersionSpecs : IDisposable
{
    private readonly StoredFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_file_of_version_1_is_opened_with_all_that_is_in_it()
    {
        using StoreUnderTest test = new(database: Path.Combine(AppContext.BaseDirectory, "Store", "Versions", "v1.db"));

        StoredThings.AssertAllThere(test);
        Assert.Equal(["one", "zwei äöü 👍", ""], test.History());
        Assert.Equal(["zwei äöü 👍"], test.Search("zwei"));
        Assert.Empty(test.Search("secret"));
        Assert.Equal(["elsewhere"], test.History(room: 2));
    }

    [Fact]
    public void A_step_brings_a_file_to_the_next_version_with_all_that_is_in_it()
    {
        _files.Put(_files.Data, _files.Log);
        using SqliteDatabase database = SqliteDatabase.Open(_files.Database, SqliteMode.Write);
        StoreSchema.Update(database, [.. StoreSchema.Steps, "ALTER TABLE ban ADD COLUMN note TEXT NOT NULL DEFAULT 'none'", "CREATE TABLE more (id INTEGER)"]);

        Assert.Equal(StoreSchema.Version + 2, database.Number("PRAGMA user_version"));
        Assert.Equal(1, database.Number("SELECT count(*) FROM ban WHERE name = 'mallory' AND note = 'none'"));
        Assert.Equal(152, database.Number("SELECT count(*) FROM line"));
        Assert.Equal(0, database.Number("SELECT count(*) FROM more"));
    }

    [Fact]
    public void A_step_that_is_done_is_not_done_again()
    {
        _files.Put(_files.Data, _files.Log);
        string[] steps = [.. StoreSchema.Steps, "CREATE TABLE more (id INTEGER)"];
        for (int i = 0; i < 2; i++)
        {
            using SqliteDatabase database = SqliteDatabase.Open(_files.Database, SqliteMode.Write);
            StoreSchema.Update(database, steps);
            Assert.Equal(steps.Length, database.Number("PRAGMA user_version"));
        }
    }

    [Fact]
    public void A_step_that_fails_leaves_the_old_file_as_it_was()
    {
        _files.Put(_files.Data, _files.Log);
        using (SqliteDatabase database = SqliteDatabase.Open(_files.Database, SqliteMode.Write))
        {
            Assert.Throws<StoreException>(() => StoreSchema.Update(database, [.. StoreSchema.Steps, "DELETE FROM ban; CREATE TABLE more (id INTEGER); SELECT nothing()"]));
            Assert.False(database.IsInTransaction);
            Assert.Equal(StoreSchema.Version, database.Number("PRAGMA user_version"));
            Assert.Equal(1, database.Number("SELECT count(*) FROM ban"));
            Assert.Equal(0, database.Number("SELECT count(*) FROM sqlite_master WHERE name = 'more'"));
        }

        Assert.Null(_files.Check());
        Assert.Null(_files.Use());
    }

    [Fact]
    public void A_new_file_that_a_step_fails_in_can_be_used_later()
    {
        _files.Put([], []);
        using (SqliteDatabase database = SqliteDatabase.Open(_files.Database, SqliteMode.Write))
        {
            Assert.Throws<StoreException>(() => StoreSchema.Update(database, [.. StoreSchema.Steps, "SELECT nothing()"]));
        }

        Assert.Null(_files.Use());
    }
}
