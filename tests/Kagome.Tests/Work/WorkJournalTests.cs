using Kagome.Testing;
using Kagome.Work;

namespace Kagome.Tests.Work;

public sealed class WorkJournalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Journal => folder["units.jsonl"];

    [Fact]
    public void Open_after_a_kill_in_the_middle_of_a_line_drops_that_line_alone()
    {
        using (WorkJournal<string> journal = WorkJournal<string>.Open(Journal, "plan"))
        {
            journal.Add(0, "a\nb");
            journal.Add(7, "ü");
        }

        long whole = new FileInfo(Journal).Length;
        for (int cut = 1; cut < 12; cut++)
        {
            File.AppendAllText(Journal, "{\"unit\":3,\"result\":\"lost\"}\n"[..cut]);
            using WorkJournal<string> journal = WorkJournal<string>.Open(Journal, "plan");
            Assert.Equal(whole, new FileInfo(Journal).Length);
            Assert.Equal([true, false, true], new[] { journal.Contains(0), journal.Contains(3), journal.Contains(7) });
            Assert.Equal(["a\nb", "ü"], new[] { journal.Read(0), journal.Read(7) });
        }
    }

    [Fact]
    public void Add_a_second_time_counts_then_and_when_opened_again()
    {
        using (WorkJournal<int> journal = WorkJournal<int>.Open(Journal, "plan"))
        {
            journal.Add(2, 20);
            journal.Add(2, 21);
            Assert.Equal(21, journal.Read(2));
        }

        using WorkJournal<int> again = WorkJournal<int>.Open(Journal, "plan");
        Assert.Equal(21, again.Read(2));
        Assert.Throws<KeyNotFoundException>(() => again.Read(1));
    }

    [Fact]
    public void Open_while_another_works_on_it_is_refused()
    {
        using WorkJournal<int> journal = WorkJournal<int>.Open(Journal, "plan");
        InputException exception = Assert.Throws<InputException>(() => WorkJournal<int>.Open(Journal, "plan"));
        Assert.StartsWith($"{folder.Location} is being worked on", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Wait until it ends", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json\n")]
    [InlineData("\n")]
    [InlineData("{\"plan\":\"plan\"}\n")]
    public void Open_something_else_is_refused_and_left_as_it_is(string content)
    {
        File.WriteAllText(Journal, content);
        InputException exception = Assert.Throws<InputException>(() => WorkJournal<int>.Open(Journal, "plan"));
        Assert.Contains("no journal", exception.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Journal));
    }

    [Fact]
    public void Open_journal_of_another_plan_is_refused()
    {
        WorkJournal<int>.Open(Journal, "other").Dispose();
        InputException exception = Assert.Throws<InputException>(() => WorkJournal<int>.Open(Journal, "plan"));
        Assert.Contains("other work", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2345", "2346")]
    [InlineData("2345", "null")]
    [InlineData("\"unit\":1", "\"unit\":2")]
    [InlineData("2345", "\0\0\0\0")]
    public void Open_with_a_damaged_line_does_its_unit_again(string text, string damage)
    {
        using (WorkJournal<int> journal = WorkJournal<int>.Open(Journal, "plan"))
        {
            journal.Add(0, 7);
            journal.Add(1, 2345);
            journal.Add(3, 9);
        }

        File.WriteAllText(Journal, File.ReadAllText(Journal).Replace(text, damage, StringComparison.Ordinal));
        using WorkJournal<int> again = WorkJournal<int>.Open(Journal, "plan");
        Assert.Equal(
            [true, false, false, true],
            new[] { again.Contains(0), again.Contains(1), again.Contains(2), again.Contains(3) }
        );
        again.Add(1, 2345);
        Assert.Equal(2345, again.Read(1));
    }

    [Fact]
    public void Add_from_several_threads_keeps_every_result()
    {
        using (WorkJournal<int> journal = WorkJournal<int>.Open(Journal, "plan"))
        {
            Parallel.For(0, 100, unit => journal.Add(unit, unit * unit));
        }

        using WorkJournal<int> again = WorkJournal<int>.Open(Journal, "plan");
        Assert.All(Enumerable.Range(0, 100), unit => Assert.Equal(unit * unit, again.Read(unit)));
    }

    public void Dispose() => folder.Dispose();
}
