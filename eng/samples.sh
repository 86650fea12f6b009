#!/usr/bin/env bash
# Packs the libraries, then builds and runs samples/library outside of the repository, as a user would: eng/samples.sh
# --no-build takes the libraries as they were last built.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
pack=()
[ "${1:-}" = --no-build ] && pack=(--built)
version=0.1.0-check # no other source has it, and no cache of packages an older one of that name for long
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
work=$(mktemp -d)
host=
trap '[ -z "$host" ] || kill "$host" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
# what was fetched already serves here too; ours are fetched anew
mkdir data
export NUGET_PACKAGES="$work/packages" XDG_DATA_HOME="$work/data"
cat >nuget.config <<END
<configuration>
  <packageSources><add key="kagome" value="$work/feed" /></packageSources>
  <fallbackPackageFolders><add key="fetched" value="$packages" /></fallbackPackageFolders>
</configuration>
END
cat >Directory.Build.props <<END
<Project>
  <PropertyGroup>
    <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
    <CreateHardLinksForCopyFilesToOutputDirectoryIfPossible>true</CreateHardLinksForCopyFilesToOutputDirectoryIfPossible>
  </PropertyGroup>
</Project>
END
cp -r "$root/samples/textbook" crystals

fail() {
    echo "samples: $1" >&2
    [ ! -f "${2:-}" ] || cat "$2" >&2
    exit 1
}

# build NAME
build() {
    sed "s/^\(#:package Kagome[A-Za-z.]*\)@.*/\1@$version/" "$root/samples/library/$1.cs" >"$1.cs"
    if ! dotnet build "$1.cs" -c Release -o "out/$1" -v quiet --nologo >"$1.log" 2>&1; then
        if grep -q "NU1301\|NU1101: Unable to find package libtorch" "$1.log"; then
            echo "samples skipped: packages cannot be fetched here ($(grep -o 'error NU1[13]01.*' "$1.log" | head -n 1 | cut -c1-120))"
            exit 0
        fi
        fail "$1 does not build:" "$1.log"
    fi
}

# run NAME PATTERN ARGUMENT...: it must end well and print a line like the pattern
run() {
    local name=$1 pattern=$2
    shift 2
    build "$name"
    dotnet "out/$name/$name.dll" "$@" >"$name.txt" 2>&1 || fail "$name failed:" "$name.txt"
    grep -q -- "$pattern" "$name.txt" || fail "$name prints no '$pattern':" "$name.txt"
    echo "samples: $name runs ($SECONDS s)"
}

(NUGET_PACKAGES=$packages && export NUGET_PACKAGES && unset XDG_DATA_HOME && "$root/eng/pack.sh" "$work/feed" --only libraries --version "$version" ${pack[@]+"${pack[@]}"}) >pack.log 2>&1 ||
    fail "the libraries cannot be packed:" pack.log

run predict '^1 .* eV/atom$'
cmp -s out/predict/TorchSharp.dll "$root"/eng/TorchSharpHandles/bin/held/*/TorchSharp.dll || fail "a program that uses the packages gets the TorchSharp that does not hold its numbers (docs/decisions/0002)"
[ -f SrTiO3.cif ] || fail "predict writes no SrTiO3.cif"

# a project, as most programs are: made, given the package, and run
start=$SECONDS
libtorch=$(sed -n 's/^#:package \(libtorch[^@]*\)@\(.*\)/\1 --version \2/p' predict.cs)
(
    dotnet new console -o project
    cd project
    dotnet add package Kagome --version "$version"
    dotnet add package $libtorch
    grep -v '^#:' ../predict.cs >Program.cs
    dotnet run
) >project.log 2>&1 || fail "a new console project does not predict:" project.log
grep -q '^1 .* eV/atom$' project.log || fail "a new console project prints no candidates:" project.log
echo "samples: dotnet new console, dotnet add package Kagome and five lines predict, in $((SECONDS - start)) s"

run constraints '^1 Pm-3m (221) a = 3.9'
run stream-data-set '^9 of 12 crystals have two elements'
[ -s binaries.jsonl.gz ] || fail "stream-data-set writes no crystals"
run screen 'cubic perovskites' 25
[ "$(grep -c "$(printf '\t')" screen.txt)" = 25 ] || fail "screen does not answer for each formula:" screen.txt
run match-files '^the same crystal, RMS 0'
run relax-folder '^NaCl -\?[0-9.]* -> -\?[0-9.]* eV/atom'
[ "$(ls relaxed | wc -l)" = "$(ls crystals | wc -l)" ] || fail "relax-folder does not write every crystal"
cp -r relaxed structures
run evaluate-structures '^1[0-2] of 12 matched'
run fine-tune '^5 steps on [1-9]'
[ -f run/model.safetensors ] || fail "fine-tune leaves no model"

sed -i '/libtorch/d' predict.cs
if ! dotnet build predict.cs -c Release -o out/none -v quiet --nologo >none.log 2>&1; then fail "a program without libtorch does not build:" none.log; fi
! (dotnet out/none/predict.dll >none.txt 2>&1) 2>/dev/null || fail "a program without libtorch runs:" none.txt
grep -q 'LibtorchException: .*dotnet add package libtorch-' none.txt || fail "a program without libtorch does not say what to add:" none.txt
echo "samples: without libtorch, an error says what to add ($SECONDS s)"

build web-host
if ! command -v curl >/dev/null; then
    echo "samples: web-host builds; it is not run, since there is no curl"
    exit 0
fi
url=http://127.0.0.1:$((20000 + $$ % 20000))
dotnet out/web-host/web-host.dll --urls "$url" >web-host.txt 2>&1 &
host=$!
for _ in $(seq 100); do
    ! curl -s -o wrong.txt -w '%{http_code}' "$url/predict/Xy" >code.txt || break
    kill -0 "$host" 2>/dev/null || fail "web-host ended:" web-host.txt
    sleep 0.2
done
[ "$(cat code.txt)" = 400 ] || fail "web-host does not refuse Xy:" web-host.txt
# no known type is sure, so that it samples; gone after the first sign of progress: its work ends, or the next would wait for it
curl -sN -m 60 "$url/predict/NaCl?samples=500" | grep -m 1 '^data: [0-9]* of [0-9]* atom moves' >cancelled.txt || true
[ -s cancelled.txt ] || fail "web-host tells no progress:" web-host.txt
curl -sN -m 60 "$url/predict/NaCl?samples=2" >events.txt || fail "web-host does not answer after a cancelled request:" web-host.txt
grep -q '^data: 1 .* eV/atom' events.txt || fail "web-host sends no crystals:" events.txt
echo "samples: web-host runs ($SECONDS s)"
