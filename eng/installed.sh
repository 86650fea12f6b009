#!/usr/bin/env bash
# Packs the program for this system, installs it as users do, as a tool of .NET and from its archive, and predicts with it outside of the repository: eng/installed.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "installed: $1" >&2
    [ ! -f "${2:-}" ] || cat "$2" >&2
    exit 1
}
version=0.1.0-check
if ! "$root/eng/pack.sh" "$work/feed" --only tool,archive --version "$version" >"$work/pack.log" 2>&1; then
    if grep -qE "NU1301|NU110[12]" "$work/pack.log"; then
        echo "installed program skipped: what compiles ahead cannot be fetched here ($(grep -oE 'error NU1[13]0[0-9].*' "$work/pack.log" | head -n 1 | cut -c1-120))"
        exit 0
    fi
    fail "it cannot be packed:" "$work/pack.log"
fi
packed=$SECONDS
cd "$work/feed"
if command -v sha256sum >/dev/null; then sha256sum --quiet -c SHA256SUMS; else shasum -a 256 --quiet -c SHA256SUMS; fi >&2 || fail "SHA256SUMS is wrong"
for file in *.nupkg *.gz; do
    [ "$(grep -c " $file\$" SHA256SUMS)" = 1 ] || fail "SHA256SUMS does not have $file"
done
largest=250 # MB, of a package on nuget.org
for package in *.nupkg; do
    size=$(($(wc -c <"$package") / 1000000))
    [ "$size" -lt "$largest" ] || fail "$(basename "$package") has $size MB, more than $largest"
done
cd "$work"

# check NAME COMMAND...: the command is whole, knows its version, and predicts in an empty folder
check() {
    local name=$1
    shift
    mkdir "$name-tried"
    (cd "$name-tried" && "$@" models verify) >verify.log 2>&1 || fail "the $name's models are not whole:" verify.log
    (cd "$name-tried" && "$@" --version) >version.log 2>&1 || fail "the $name has no version:" version.log
    grep -q "^$version+[0-9a-f]* " version.log || fail "the $name says another version than $version with a commit:" version.log
    (cd "$name-tried" && "$@" predict SrTiO3) >predict.log 2>&1 || fail "the $name does not predict:" predict.log
    grep -q 'Pm-3m (221)' predict.log || fail "the $name finds SrTiO3 to be no perovskite:" predict.log
    [ -f "$name-tried/predictions/SrTiO3/SrTiO3_001.cif" ] || fail "the $name writes no CIF:" predict.log
}

start=$SECONDS
cat >nuget.config <<END
<configuration><packageSources><clear /><add key="kagome" value="$work/feed" /></packageSources></configuration>
END
NUGET_PACKAGES="$work/packages" dotnet tool install Kagome.Cli --prerelease --tool-path tools --configfile nuget.config >install.log 2>&1 || fail "the tool cannot be installed:" install.log
check tool "$work/tools/kagome"
echo "installed: as a tool, from a package of $(($(wc -c <"$(ls -S feed/*.nupkg | head -n 1)") / 1000000)) MB, in $((SECONDS - start)) s, and predicts (packed in $packed s)"

start=$SECONDS
tar -xzf feed/*.tar.gz
[ -f kagome-"$version"-*/THIRD-PARTY-NOTICES.txt ] || fail "the archive does not say whose licences it is under"
mkdir bin
ln -s "$work"/kagome-"$version"-*/kagome bin/kagome
# without .NET and without anything of the user's settings
check archive env -i HOME="$work" DOTNET_ROOT=/nowhere PATH=/nowhere "$work/bin/kagome"
echo "installed: from an archive of $(($(wc -c <feed/*.tar.gz) / 1000000)) MB, without .NET, in $((SECONDS - start)) s, and predicts"
