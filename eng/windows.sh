#!/usr/bin/env bash
# Packs the program for Windows and runs it here, in Wine (apt-get install wine wine64): eng/windows.sh
# Before a release; no step of ./kagome test, since Wine is large and libtorch for Windows another 200 MB.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
command -v wine >/dev/null || {
    echo "windows: Wine is missing (apt-get install wine wine64)" >&2
    exit 2
}
work=$(mktemp -d)
trap 'wineserver -k 2>/dev/null || true; rm -rf "$work"' EXIT
# Wine 8 cannot have code mapped twice, to write and to run it, which .NET does by default
export WINEPREFIX=$work/wine WINEDEBUG=-all DOTNET_EnableWriteXorExecute=0
version=0.1.0-check
"$root/eng/pack.sh" "$work" --only archive --systems win-x64 --version "$version"
dotnet msbuild "$root/eng/pack.proj" -nologo -verbosity:quiet -t:Unzip -p:File="$work/kagome-$version-win-x64.zip" -p:Folder="$work"
wineboot -i >/dev/null 2>&1
wine winecfg -v win10 >/dev/null 2>&1
cp "$root/samples/textbook/NaCl.cif" "$work/"
cd "$work"

# check PATTERN COMMAND...
check() {
    local pattern=$1
    shift
    wine "$work/kagome-$version-win-x64/kagome.exe" "$@" >out.txt 2>&1 || { cat out.txt >&2 && echo "windows: kagome $* failed" >&2 && exit 1; }
    grep -q -- "$pattern" out.txt || { cat out.txt >&2 && echo "windows: kagome $* prints no '$pattern'" >&2 && exit 1; }
    echo "windows: kagome $* ($SECONDS s)"
}
check "^$version+" --version
check 'Kagome works here' doctor
check 'α' info NaCl.cif
check '1 of 1 match' match NaCl.cif NaCl.cif
check 'Pm-3m (221)' predict SrTiO3
[ -f predictions/SrTiO3/SrTiO3_001.cif ] || { echo "windows: predict writes no CIF" >&2 && exit 1; }
check 'Fm-3m (225)' predict NaCl --candidates generated --samples 4 --steps 20 --seed 1
check '' convert NaCl.cif NaCl.db
check '' draw NaCl.cif --out NaCl.png
[ -s NaCl.png ] || { echo "windows: draw writes no picture" >&2 && exit 1; }
