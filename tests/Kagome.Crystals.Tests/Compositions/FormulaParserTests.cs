using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Tests.Compositions;

public sealed class FormulaParserTests
{
    private static readonly Gen<Composition> AnyComposition = Gen.Dictionary(
            Gen.Int[1, Element.LargestAtomicNumber].Select(number => new Element(number)),
            Gen.Int[1, 40]
        )[1, 6]
        .Select(counts => new Composition(counts));

    [Theory]
    [InlineData("NaCl", "Na1 Cl1")]
    [InlineData("Na4Cl4", "Na4 Cl4")]
    [InlineData("HHO", "H2 O1")]
    [InlineData("CO", "C1 O1")]
    [InlineData("Co", "Co1")]
    [InlineData("Ca3(PO4)2", "Ca3 P2 O8")]
    [InlineData("K4[Fe(CN)6]", "K4 Fe1 C6 N6")]
    [InlineData("{[(H)2]3}4", "H24")]
    [InlineData("2NaCl", "Na2 Cl2")]
    [InlineData("CuSO4.5H2O", "Cu1 S1 O9 H10")]
    [InlineData("CuSO4·5H2O", "Cu1 S1 O9 H10")]
    [InlineData("CuSO4 * 5 H2O", "Cu1 S1 O9 H10")]
    [InlineData("CaSO4.2H2O.H2O", "Ca1 S1 O7 H6")]
    [InlineData("CaO.SiO2", "Ca1 Si1 O3")]
    [InlineData("Al2O3·2SiO2", "Al2 Si2 O7")]
    [InlineData("Fe₂O₃", "Fe2 O3")]
    [InlineData("CuSO₄.5H₂O", "Cu1 S1 O9 H10")]
    [InlineData("  Sr Ti\tO 3 ", "Sr1 Ti1 O3")]
    [InlineData("H1000000", "H1000000")]
    [InlineData("Mg1.0B2.0", "Mg1 B2")]
    [InlineData("Mg1.00 B2.0", "Mg1 B2")]
    [InlineData("(NH4)2.0", "N2 H8")]
    [InlineData("D2O", "H2 O1")]
    [InlineData("HDO", "H2 O1")]
    [InlineData("DyD2", "Dy1 H2")]
    public void Parse_formula_counts_its_atoms(string formula, string counts)
    {
        IEnumerable<string> actual = FormulaParser.Parse(formula).Counts.Select(pair => $"{pair.Key}{pair.Value}");
        Assert.Equal(counts.Split(' ').Order(), actual.Order());
    }

    // position: the character that a caret below the formula would point at, counted from 0
    [Theory]
    [InlineData("", 0, "expected an element symbol")]
    [InlineData("   ", 3, "expected an element symbol")]
    [InlineData("Xx2O", 0, "unknown element 'Xx'")]
    [InlineData("NaXx", 2, "unknown element 'Xx'")]
    [InlineData("nacl", 0, "unknown element 'nacl'")]
    [InlineData("nacl", 0, "Did you mean NaCl?")]
    [InlineData("sio2", 0, "Did you mean SiO2?")]
    [InlineData("NACL", 1, "Did you mean NaCl?")]
    [InlineData("ca(oh)2", 0, "Did you mean Ca(OH)2?")]
    [InlineData("Mg1.05B2", 2, "fractional count")]
    [InlineData("Fe2+", 3, "Charges are not taken")]
    [InlineData("Na+Cl-", 2, "Charges are not taken")]
    [InlineData("[Fe(CN)6]4-", 10, "Charges are not taken")]
    [InlineData("SO4^2-", 3, "Charges are not taken")]
    [InlineData("NaCl)", 4, "')' closes no bracket")]
    [InlineData("Ca(OH", 2, "'(' is never closed; expected a ')'")]
    [InlineData("Ca(OH]2", 2, "'(' is never closed")]
    [InlineData("Ca()2", 3, "expected an element symbol")]
    [InlineData("Na0Cl", 2, "count 0; expected a whole number from 1")]
    [InlineData("Fe2.5O4", 2, "fractional count")]
    [InlineData("Fe2.5", 2, "fractional count")]
    [InlineData("La1.85Sr0.15CuO4", 2, "fractional count")]
    [InlineData("Al2O3.2SiO2", 4, "fractional count")]
    [InlineData("Fe1.5H2O4", 2, "fractional count")]
    [InlineData("Na-Cl", 2, "'-'; expected an element symbol")]
    [InlineData("NaCl.", 5, "expected an element symbol")]
    [InlineData(".NaCl", 0, "expected an element symbol")]
    [InlineData("12", 2, "expected an element symbol")]
    [InlineData("H1000001", 1, "count 1000001")]
    [InlineData("H99999999999999999999", 1, "count 99999999999999999999")]
    [InlineData("(((H1000)1000)1000)1000", 18, "1000000000 atoms")]
    [InlineData("H600000O600000", 14, "1200000 atoms")]
    [InlineData("Na\0Cl", 2, "expected an element symbol")]
    [InlineData("Nа", 1, "'а'; expected an element symbol")] // a Cyrillic а
    public void Parse_text_that_is_no_formula_points_at_the_trouble(string formula, int position, string problem)
    {
        FormulaException error = Assert.Throws<FormulaException>(() => FormulaParser.Parse(formula));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal((formula, position), (error.Formula, error.Position));
    }

    [Fact]
    public void Parse_very_long_text_is_refused_without_repeating_it()
    {
        string text = new('H', 100_000);
        FormulaException error = Assert.Throws<FormulaException>(() => FormulaParser.Parse(text));
        Assert.Contains("100000 characters", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 200);
    }

    [Fact]
    public void Parse_deep_nesting_is_refused()
    {
        FormulaException error = Assert.Throws<FormulaException>(() => FormulaParser.Parse(new string('(', 900) + "H"));
        Assert.Contains("nested deeper", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_of_a_printed_formula_gives_the_composition_back() =>
        AnyComposition.Sample(composition => FormulaParser.Parse(composition.Formula).Equals(composition));

    [Fact]
    public void Parse_brackets_multiply() =>
        Gen.Select(AnyComposition, Gen.Int[1, 20], Gen.OneOf("()", "[]", "{}"))
            .Sample(
                (composition, factor, brackets) =>
                    FormulaParser
                        .Parse($"{brackets[0]}{composition.Formula}{brackets[1]}{factor}")
                        .Equals(composition.Times(factor))
            );

    [Fact]
    public void Parse_parts_add_up() =>
        Gen.Select(AnyComposition, AnyComposition, Gen.Int[1, 20])
            .Sample(
                (first, second, factor) =>
                    FormulaParser
                        .Parse($"{first.Formula}·{factor}{second.Formula}")
                        .Equals(FormulaParser.Parse($"{first.Formula}({second.Formula}){factor}"))
            );

    [Fact]
    public void Parse_spaces_and_subscripts_change_nothing() =>
        AnyComposition.Sample(composition =>
        {
            string formula = composition.Formula;
            string subscripts = string.Concat(formula.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '₀') : c));
            string spaced = string.Concat(formula.Select(c => char.IsAsciiLetterUpper(c) ? $" {c}" : $"{c}"));
            return FormulaParser.Parse(subscripts).Equals(composition)
                && FormulaParser.Parse(spaced).Equals(composition);
        });

    [Fact]
    public void TryParse_any_text_gives_a_composition_or_a_position_in_the_text() =>
        Gen.String[Gen.Char["NaClHOx0123₂()[]{}.·* "], 0, 30]
            .Sample(text =>
                FormulaParser.TryParse(text, out Composition? composition, out FormulaException? problem)
                    ? FormulaParser.Parse(composition.Formula).Equals(composition)
                    : problem.Position >= 0 && problem.Position <= text.Length && problem.Formula == text
            );
}
