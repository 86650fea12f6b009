#!/usr/bin/env sh
# Packs the libraries as NuGet packages: eng/pack.sh FOLDER [VERSION] [other arguments of dotnet msbuild, such as -p:NoBuild=true]
# Use them from another program by `dotnet nuget add source FOLDER` or a nuget.config; docs/library.md shows how.
set -eu
if [ $# = 0 ]; then
    echo "usage: eng/pack.sh FOLDER [VERSION]" >&2
    exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
version=
if [ $# != 0 ]; then
    version=-p:PackageVersion=$1
    shift
fi
exec dotnet msbuild "$root/eng/pack.proj" -restore -nologo -verbosity:quiet -p:Configuration=Release -p:PackageOutputPath="$folder" $version "$@"
