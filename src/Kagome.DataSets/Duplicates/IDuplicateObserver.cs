namespace Kagome.DataSets.Duplicates;

/// <summary>Is told how a search for duplicates goes, from any thread.</summary>
public interface IDuplicateObserver
{
    /// <summary>Another crystal was read.</summary>
    void OnRead();

    /// <summary>All are read; so many are now compared.</summary>
    void OnComparing(int crystals);

    /// <summary>Another crystal was compared with those like it.</summary>
    void OnCompared();
}
