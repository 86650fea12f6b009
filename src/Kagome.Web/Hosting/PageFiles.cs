using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kagome.Web.Hosting;

/// <summary>The page and its scripts, which lie within the program.</summary>
internal static class PageFiles
{
    private const string Folder = "wwwroot/";
    private const string Index = "index.html";

    private static readonly FrozenDictionary<string, PageFile> Files = Read();

    /// <summary>The file of a path such as /kagome.css; null where there is none.</summary>
    public static PageFile? Find(PathString path) =>
        Files.GetValueOrDefault(path.Value is null or "" or "/" ? Index : path.Value[1..]);

    /// <summary>Sends a file, or says that the browser's copy is still good.</summary>
    public static IResult Send(PageFile file, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache"; // ask whether it has changed
        return TypedResults.File(file.Content, file.MediaType, entityTag: file.Tag);
    }

    private static FrozenDictionary<string, PageFile> Read()
    {
        System.Reflection.Assembly program = typeof(PageFiles).Assembly;
        return program
            .GetManifestResourceNames()
            .Select(name => (Resource: name, Path: name.Replace('\\', '/')))
            .Where(name => name.Path.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name.Path[Folder.Length..],
                name => PageFile.Of(program, name.Resource),
                StringComparer.Ordinal
            );
    }
}

/// <param name="Content">Its bytes.</param>
/// <param name="MediaType">Such as text/css.</param>
/// <param name="Tag">Changes with the content.</param>
internal sealed record PageFile(byte[] Content, string MediaType, EntityTagHeaderValue Tag)
{
    public static PageFile Of(System.Reflection.Assembly program, string resource)
    {
        using Stream stream = program.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        string mediaType = Path.GetExtension(resource) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
        string tag = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        return new PageFile(content, mediaType, new EntityTagHeaderValue($"\"{tag}\""));
    }
}
