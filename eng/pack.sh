#!/usr/bin/env bash
# Packs what users install, all of one version, with SHA256SUMS: eng/pack.sh FOLDER [--only PARTS] [--systems SYSTEMS] [--version VERSION]
#   libraries   NuGet packages for .NET programs             dotnet nuget add source FOLDER; dotnet add package Kagome --prerelease
#   tool        the program as a tool of .NET                dotnet tool install --global Kagome.Cli --add-source FOLDER --prerelease
#   archive     the program with its own .NET, to unpack     kagome-VERSION-linux-x64.tar.gz, …-win-x64.zip, …-osx-arm64.tar.gz
# PARTS are some of these, with commas; SYSTEMS some of linux-x64, win-x64, osx-arm64 (default: this one). Programs are compiled ahead, with libtorch, models and
# prototypes inside. The version is that of the last tag (v0.1.0), or the next with the number of commits since (0.1.0-alpha.0.12).
# --built takes the libraries as they were last built in this checkout.
set -euo pipefail
usage() {
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
root=$(cd "$(dirname "$0")/.." && pwd)
case "$(uname -s)" in
Darwin) systems=osx-arm64 ;;
Linux) systems=linux-x64 ;;
*) systems=win-x64 ;;
esac
folder= parts=libraries,tool,archive version= built=
while [ $# != 0 ]; do
    case "$1" in
    --only | --systems | --version)
        [ -n "${2:-}" ] || usage
        case "$1" in
        --only) parts=$2 ;;
        --systems) systems=$2 ;;
        *) version=$2 ;;
        esac
        shift
        ;;
    --built) built=1 ;;
    -*) usage ;;
    *) [ -z "$folder" ] && folder=$1 || usage ;;
    esac
    shift
done
[ -n "$folder" ] || usage
[ -n "${parts//,/}" ] && [ -n "${systems//,/}" ] || usage
for part in ${parts//,/ }; do case $part in libraries | tool | archive) ;; *) usage ;; esac done
for system in ${systems//,/ }; do case $system in linux-x64 | win-x64 | osx-arm64) ;; *) usage ;; esac done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
if [ -z "$version" ]; then
    dotnet tool restore >"$work/restore.log" || { cat "$work/restore.log" >&2 && exit 1; }
    version=$(dotnet minver --tag-prefix v --minimum-major-minor 0.1 --verbosity error)
fi
includes() { case ",$parts," in *,"$1",*) true ;; *) false ;; esac }

if includes libraries; then
    if [ -n "$built" ]; then
        how=(-p:NoBuild=true -p:PackageVersion="$version")
    else
        how=(-p:Version="$version" -p:ContinuousIntegrationBuild=true -p:ArtifactsPath="$work/libraries")
    fi
    dotnet msbuild eng/pack.proj -restore -nologo -verbosity:quiet -p:Configuration=Release -p:PackageOutputPath="$folder" "${how[@]}"
fi

# a folder of its own, so that builds of the checkout do not restore anew; tool and archive share what is compiled ahead
program=(src/Kagome.Cli -c Release -p:Version="$version" -p:ContinuousIntegrationBuild=true -p:PublishReadyToRun=true --artifacts-path "$work/program" -v quiet --nologo)
for system in ${systems//,/ }; do
    if includes tool; then dotnet pack "${program[@]}" -p:PackTool=true -o "$folder" -r "$system" -p:TargetSystem="$system"; fi
    if includes archive; then
        name=kagome-$version-$system
        dotnet publish "${program[@]}" -o "$work/archive/$name" -r "$system" -p:TargetSystem="$system" --self-contained
        cp LICENSE "$work/archive/$name/"
        cp eng/archive-readme.md "$work/archive/$name/README.md"
        if [ "$system" = win-x64 ]; then
            mv "$work/archive/$name/Kagome.Cli.exe" "$work/archive/$name/kagome.exe"
            dotnet msbuild eng/pack.proj -nologo -verbosity:quiet -t:Zip -p:Folder="$work/archive" -p:File="$folder/$name.zip"
        else
            mv "$work/archive/$name/Kagome.Cli" "$work/archive/$name/kagome"
            tar -C "$work/archive" -czf "$folder/$name.tar.gz" "$name"
        fi
        rm -rf "$work/archive"
    fi
done
# the package that is named, which points to those of the systems; the private property keeps it from packing them again
if includes tool; then dotnet pack "${program[@]}" -p:PackTool=true -o "$folder" -p:IsLinuxX64=false -p:_InnerToolsPublishAot=true -p:PublishReadyToRun=false; fi

cd "$folder"
sums() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }
sums ./*"$version"*.* | sed 's# \./# #' >"$work/SHA256SUMS"
mv "$work/SHA256SUMS" SHA256SUMS
