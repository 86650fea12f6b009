#!/usr/bin/env sh
# Runs every test; on Debian and Ubuntu it first installs the reference programs that some compare with.
# Other arguments go to `dotnet test`. The last line names the steps that failed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

wanted="python3-pymatgen python3-ase libavogadro-data libsymspg1 codespell chromium slurm-wlm munge openmpi-bin groff-base"
missing=""
if command -v dpkg-query >/dev/null 2>&1; then
    for package in $wanted; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        sudo=""
        [ "$(id -u)" = 0 ] || sudo="sudo -n"
        echo "Installing what some tests compare with:$missing"
        if ! { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1; then
            echo "Could not install them; the tests that need them are skipped. As root: apt-get install$missing"
        fi
    fi
else
    echo "No Debian packages here: tests that compare with pymatgen, ASE or spglib, or need /usr/bin/chromium, are skipped unless these are installed."
fi

log=$(mktemp)
trap 'rm -f "$log" "$log.debug" "$log.samples"' EXIT
failed=""
fail() { failed="${failed:+$failed, }$1"; }
dotnet build Kagome.slnx -c Release -v quiet --nologo || {
    echo "FAILED: build, with its analyzers and format"
    exit 1
}
dotnet test --solution Kagome.slnx -c Release --no-build --max-parallel-test-modules 2 "$@" >"$log" 2>&1 || fail tests
cat "$log"

echo
# the guards of memory that the attention kernels work in are there in Debug only
if dotnet build tests/Kagome.Networks.Tests -c Debug -v quiet --nologo && tests/Kagome.Networks.Tests/bin/Debug/net10.0/Kagome.Networks.Tests >"$log.debug" 2>&1; then
    echo "debug: the network's tests pass with guards"
else
    cat "$log.debug" 2>/dev/null || true
    fail "the network's tests in Debug"
fi
eng/spelling.sh || fail spelling
# most of these is one core's work: two at a time
(eng/samples.sh --no-build >"$log.samples" 2>&1) &
samples=$!
eng/published.sh --no-build || fail "published pages"
eng/site.sh --no-build || fail "the documentation site"
eng/installed.sh || fail "the installed program"
wait "$samples" || fail samples
cat "$log.samples"

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
skipped=$(count skipped)
if [ "${skipped:-0}" != 0 ]; then
    echo "Skipped, and why:"
    grep -iE "^ *skipped " "$log" | sort | uniq -c | sort -rn | head -n 40 || true
fi
echo
echo "$(count succeeded) passed, $(count failed) failed, ${skipped:-0} skipped"
if [ -n "$failed" ]; then
    echo "FAILED: $failed"
    exit 1
fi
echo "All steps passed."
