namespace Kagome.Checkpoints.OfficialDao;

/// <summary>The names of weights in the released DAO checkpoints.</summary>
internal static class OfficialNames
{
    public const string Prefix = "decoder.";

    // ours, theirs; the first that begins a name, or what follows its block, is put in the other's place
    private static readonly (string Ours, string Theirs)[] Parts =
    [
        ("atom_embedding.table", "embedding_in.0.weight"),
        ("atom_embedding.projection.", "embedding_in.1."),
        ("time_fusion.", "atom_latent_emb."),
        ("coordinate_head.", "coord_out."),
        ("lattice_head.", "lattice_out."),
        ("energy_head.hidden.", "scalar_out.0."),
        ("energy_head.output.", "scalar_out.2."),
        ("type_head.hidden.", "type_out.0."),
        ("type_head.output.", "type_out.2."),
        ("attention.query.", "attention.fn.to_q."),
        ("attention.key_value.", "attention.fn.to_kv."),
        ("attention.edge.", "attention.fn.edges_to_kv."),
        ("attention.output.", "attention.fn.to_out."),
        ("attention.edge_norm.", "attention.fn.edge_norm."),
        ("attention_norm.", "attention.norm."),
        ("attention_gate.", "attention.residue.proj.0."),
        ("feed_forward.expand.", "ffn.fn.net.0."),
        ("feed_forward.contract.", "ffn.fn.net.2."),
        ("feed_forward_norm.", "ffn.norm."),
        ("feed_forward_gate.", "ffn.residue.proj.0."),
    ];

    /// <summary>The schedules' buffers, by our names.</summary>
    public static readonly IReadOnlyDictionary<string, string> Schedules = new Dictionary<string, string>
    {
        [ScheduleTensors.LatticeBetas] = "beta_scheduler.betas",
        [ScheduleTensors.LatticeAlphas] = "beta_scheduler.alphas",
        [ScheduleTensors.LatticeAlphaProducts] = "beta_scheduler.alphas_cumprod",
        [ScheduleTensors.LatticeSigmas] = "beta_scheduler.sigmas",
        [ScheduleTensors.CoordinateSigmas] = "sigma_scheduler.sigmas",
        [ScheduleTensors.CoordinateScoreNorms] = "sigma_scheduler.sigmas_norm",
    };

    /// <summary>The official name of one of our weights.</summary>
    public static string Of(string weight)
    {
        string block = "";
        string rest = weight;
        if (weight.Split('.', 3) is ["blocks", var index, var inner])
        {
            (block, rest) = ($"block_{index}.", inner);
        }

        (string ours, string theirs) = Array.Find(Parts, part => rest.StartsWith(part.Ours, StringComparison.Ordinal));
        return $"{Prefix}{block}{theirs}{rest[ours.Length..]}";
    }
}
