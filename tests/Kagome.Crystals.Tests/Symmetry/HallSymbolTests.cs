using System.Collections.Immutable;
using Kagome.Crystals.Symmetry;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class HallSymbolTests
{
    private const int SettingsOfSpglib = 530;

    [Fact]
    public void TryExpand_all_settings_agree_with_spglib()
    {
        NeedsSpglib.OrSkip();
        Assert.All(
            Enumerable.Range(1, SettingsOfSpglib),
            number =>
            {
                ImmutableArray<SymmetryOperation> ours = SpaceGroupSetting.All[number - 1].Operations;
                Assert.Equal(Strings(SpglibSearch.Operations(number)), Strings(ours));
            }
        );
    }

    [Theory]
    [InlineData("P 1", 1)]
    [InlineData("-P 2ybc", 4)]
    [InlineData("-P_2ac_2n", 8)]
    [InlineData("-p 2AC 2N", 8)]
    [InlineData("-F 4 2 3", 192)]
    [InlineData("P 3*", 3)]
    [InlineData("P 61", 6)]
    public void TryExpand_gives_every_operation_of_a_group(string symbol, int count)
    {
        Assert.True(HallSymbol.TryExpand(symbol, out ImmutableArray<SymmetryOperation> operations));
        Assert.Equal(count, operations.Length);
        Assert.Equal(SymmetryOperation.Identity, operations[0]);
        Assert.True(OperationGroup.IsGroup(operations));
    }

    [Fact]
    public void TryExpand_change_of_basis_moves_the_origin()
    {
        Assert.True(HallSymbol.TryExpand("-P 1 (x+1/4,y,z)", out ImmutableArray<SymmetryOperation> operations));
        Assert.Equal(["x,y,z", "-x+1/2,-y,-z"], operations.Select(operation => $"{operation}"));
        Assert.True(HallSymbol.TryExpand("-P 1 (3 0 0)", out ImmutableArray<SymmetryOperation> shifted));
        Assert.Equal(operations, shifted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("F m -3 m")]
    [InlineData("P 5")]
    [InlineData("P 2q")]
    [InlineData("P 42 3*1")]
    [InlineData("P 25")]
    [InlineData("P 4 6")]
    [InlineData("P 2 2 2 2 2")]
    [InlineData("P 2 (x,x,z)")]
    [InlineData("P 2 (0 0)")]
    [InlineData("P 2 (0 0 99999999999999)")]
    [InlineData("P 6 4x")]
    public void TryExpand_other_text_fails(string text) => Assert.False(HallSymbol.TryExpand(text, out _));

    [Fact]
    public void TryExpand_any_text_ends() =>
        Gen.String[Gen.Char["-PABCIRF 12346xyz'\"*abcnuvwd(),+/"], 0, 24]
            .Sample(
                text =>
                    Assert.InRange(
                        HallSymbol.TryExpand($"P {text}", out var operations) ? operations.Length : 0,
                        0,
                        192
                    ),
                seed: "0N0XIzNsQ0O2",
                iter: 5000,
                threads: 1
            );

    private static string[] Strings(IEnumerable<SymmetryOperation> operations) =>
        [
            .. operations
                .Select(operation => $"{new SymmetryOperation(operation.Rotation, operation.Translation.Wrap())}")
                .Order(StringComparer.Ordinal),
        ];
}
