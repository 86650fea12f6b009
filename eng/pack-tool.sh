#!/usr/bin/env bash
# Packs the program as a tool of .NET, compiled ahead, with libtorch and models inside: eng/pack-tool.sh FOLDER [SYSTEM...]
#   eng/pack-tool.sh ~/kagome-packages                        for this system
#   eng/pack-tool.sh ~/kagome-packages linux-x64 win-x64      for these (tried for linux-x64 alone)
#   dotnet tool install --global Kagome.Cli --add-source ~/kagome-packages
set -euo pipefail
if [ $# = 0 ]; then
    echo "usage: eng/pack-tool.sh FOLDER [linux-x64|win-x64|osx-arm64...]" >&2
    exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
case "$(uname -s)" in
Darwin) own=osx-arm64 ;;
Linux) own=linux-x64 ;;
*) own=win-x64 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pack() { dotnet pack "$root/src/Kagome.Cli" -c Release -p:PackTool=true --artifacts-path "$work" -o "$folder" -v quiet --nologo "$@"; }
for system in "${@:-$own}"; do
    pack -r "$system" -p:TargetSystem="$system"
done
# the package that is named, which points to those of the systems; the private property keeps it from packing them again
pack -p:IsLinuxX64=false -p:_InnerToolsPublishAot=true -p:PublishReadyToRun=false
