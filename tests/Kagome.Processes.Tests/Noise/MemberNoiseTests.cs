using Kagome.Processes.Noise;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Noise;

public sealed class MemberNoiseTests
{
    [Fact]
    public void Draws_of_a_member_do_not_depend_on_the_others()
    {
        using DisposeScope scope = NewDisposeScope();
        using MemberNoise alone = new([7]);
        using MemberNoise among = new([3, 7, 5]);
        for (int draw = 0; draw < 3; draw++)
        {
            AssertEqual(alone.Normal(1, 4, 3)[0], among.Normal(3, 4, 3)[1]);
            AssertEqual(alone.Uniform(1, 2)[0], among.Uniform(3, 2)[1]);
            AssertEqual(alone.Steps(1000, 1)[0], among.Steps(1000, 3)[1]);
        }
    }

    [Fact]
    public void Draws_of_one_member_are_those_of_a_seeded_source()
    {
        using DisposeScope scope = NewDisposeScope();
        using MemberNoise member = new([42]);
        using SeededNoise seeded = new(42);
        AssertEqual(seeded.Normal(1, 5, 3), member.Normal(1, 5, 3));
    }

    [Fact]
    public void Normal_for_another_number_of_members_is_refused()
    {
        using MemberNoise noise = new([1, 2]);
        Assert.Contains(
            "[3, 4]; expected 2 members",
            Assert.Throws<ArgumentException>(() => noise.Normal(3, 4)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Normal_leaves_no_tensors_but_its_own() =>
        NoTensorLeaks.During(() =>
        {
            using MemberNoise noise = new([1, 2]);
            noise.Normal(2, 3).Dispose();
        });

    private static void AssertEqual(Tensor expected, Tensor actual) =>
        Assert.True(expected.equal(actual).all().item<bool>());
}
