#!/usr/bin/env bash
# Packs the tool for this system, installs it from the folder as a user would, and predicts with it outside of the repository: eng/tool.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "tool: $1" >&2
    [ ! -f "${2:-}" ] || cat "$2" >&2
    exit 1
}
if ! "$root/eng/pack-tool.sh" "$work/feed" >"$work/pack.log" 2>&1; then
    if grep -qE "NU1301|NU110[12]" "$work/pack.log"; then
        echo "tool skipped: what compiles ahead cannot be fetched here ($(grep -oE 'error NU1[13]0[0-9].*' "$work/pack.log" | head -n 1 | cut -c1-120))"
        exit 0
    fi
    fail "it cannot be packed:" "$work/pack.log"
fi
largest=250 # MB, of a package on nuget.org
for package in "$work"/feed/*.nupkg; do
    size=$(($(wc -c <"$package") / 1000000))
    [ "$size" -lt "$largest" ] || fail "$(basename "$package") has $size MB, more than $largest"
done
cd "$work"
cat >nuget.config <<END
<configuration><packageSources><clear /><add key="kagome" value="$work/feed" /></packageSources></configuration>
END
NUGET_PACKAGES="$work/packages" dotnet tool install Kagome.Cli --tool-path tools --configfile nuget.config >install.log 2>&1 || fail "it cannot be installed:" install.log
tools/kagome models verify >verify.log 2>&1 || fail "its models are not whole:" verify.log
tools/kagome predict SrTiO3 >predict.log 2>&1 || fail "it does not predict:" predict.log
grep -q 'Pm-3m (221)' predict.log || fail "SrTiO3 is no perovskite:" predict.log
[ -f predictions/SrTiO3/SrTiO3_001.cif ] || fail "it writes no CIF:" predict.log
echo "tool: installed from a package of $(($(wc -c <"$(ls -S feed/*.nupkg | head -n 1)") / 1000000)) MB, and predicts ($SECONDS s)"
