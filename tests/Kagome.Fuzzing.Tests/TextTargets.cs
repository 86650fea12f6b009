using System.Text;
using Kagome.Crystals.Compositions;
using Kagome.Formats;
using Kagome.Formats.JsonLines;
using Kagome.Formats.PymatgenJson;
using Kagome.Formats.Text;
using Kagome.Training;
using Kagome.Training.Recipes;

namespace Kagome.Fuzzing.Tests;

/// <summary>One of the formats of crystals, read from memory.</summary>
internal sealed class CrystalTarget : Target
{
    private readonly ITextFormat format;
    private readonly string[] names;
    private readonly byte[][] corpus;

    public CrystalTarget(string name)
    {
        format = (ITextFormat)StructureFormats.ByName(name);
        (string Name, byte[] Content)[] files = Corpus.Folder(
            name,
            path => StructureFormats.FindForFile(path) == format
        );
        names = [.. files.Select(file => file.Name)];
        corpus = [.. files.Select(file => file.Content)];
    }

    public override FuzzInput Make(Random random)
    {
        Mutator mutator = new(random, corpus);
        int at = random.Next(corpus.Length);
        return new FuzzInput(names[at], mutator.Mutate(corpus[at]));
    }

    public override bool Read(FuzzInput input)
    {
        using StreamReader reader = new(new MemoryStream(input.Content), Encoding.UTF8);
        return CrystalChecks.Check(format.Read(reader, input.Name), input.Content.Length);
    }
}

/// <summary>Formulas as people type them.</summary>
internal sealed class FormulaTarget : Target
{
    private readonly byte[][] corpus =
    [
        .. File.ReadLines(Corpus.PathOf("formulas/formulas")).Select(Encoding.UTF8.GetBytes),
    ];

    public override FuzzInput Make(Random random) => new("formula", new Mutator(random, corpus).Mutate());

    public override bool Read(FuzzInput input)
    {
        string text = Encoding.UTF8.GetString(input.Content);
        Composition composition = FormulaParser.Parse(text);
        Violation.Unless(composition.AtomCount > 0 && composition.Counts.Values.All(count => count > 0), "no atoms");
        Violation.Unless(
            FormulaParser.Parse(composition.Formula).Equals(composition),
            $"{composition} is read as another composition"
        );
        return true;
    }
}

/// <summary>Lines of two crystals.</summary>
internal sealed class PairTarget : Target
{
    private readonly byte[][] corpus = [.. Corpus.Folder("pairs").Select(file => file.Content)];

    public override FuzzInput Make(Random random) => new("pairs.jsonl", new Mutator(random, corpus).Mutate());

    public override bool Read(FuzzInput input)
    {
        try
        {
            StructurePair pair = StructurePair.Parse(Encoding.UTF8.GetString(input.Content));
            ITextFormat format = new PymatgenJsonFormat();
            CrystalChecks.Check(new("a", pair.First), format);
            CrystalChecks.Check(new("b", pair.Second), format);
            return true;
        }
        catch (FormatException)
        {
            return false; // as documented
        }
    }
}

/// <summary>Recipes of training and of pretraining.</summary>
internal sealed class RecipeTarget : Target
{
    private readonly byte[][] corpus =
    [
        .. new[] { "tiny.toml", "tiny-predictor.toml", "tiny-two-stage.toml", "recipes/recipe.toml" }.Select(
            Corpus.File
        ),
    ];

    public override FuzzInput Make(Random random) => new("recipe.toml", new Mutator(random, corpus).Mutate());

    public override bool Read(FuzzInput input)
    {
        string text = Encoding.UTF8.GetString(input.Content);
        try
        {
            Recipe recipe = RecipeFile.Parse(text, input.Name);
            string written = RecipeFile.Format(recipe);
            Violation.Unless(
                RecipeFile.Format(RecipeFile.Parse(written, "again.toml")) == written,
                "a recipe that was written is another one"
            );
            return true;
        }
        catch (RecipeException)
        {
            PretrainingRecipeFile.Parse(text, input.Name);
            return true;
        }
    }
}
