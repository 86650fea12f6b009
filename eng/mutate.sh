#!/usr/bin/env bash
# Changes the code in small ways, one at a time, and counts how many of the changes the tests notice; docs/testing.md says what came out.
#   eng/mutate.sh                         lattices, matching, processes and the library's work, one after another: hours
#   eng/mutate.sh matching                one of them: lattices, matching, processes, work
#   eng/mutate.sh matching SiteAlignment  one file
# The tests are those of the same part, so that a change is tried in seconds: what others would notice does not count.
# The report (HTML and JSON) is left in TestResults/mutations/NAME. Works on a copy: this checkout is not built, and nothing in it changes.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cd "$root"
git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null | tar -cf - -T - | tar -xf - -C "$copy"

# keep_tests PROJECT FOLDER: removes the tests of other folders from the copy; ** keeps all
keep_tests() {
    [ "$2" = "**" ] || find "$1" -mindepth 2 -name '*Tests*.cs' ! -path "$1/$2/*" -delete
}

# mutate NAME PROJECT FOLDER [FILE]
mutate() {
    keep_tests "$copy/tests/$2.Tests" "${3##*/}"
    local results="$root/TestResults/mutations/$1"
    mkdir -p "$results"
    (
        cd "$copy/tests/$2.Tests"
        dotnet tool restore >/dev/null
        # not the coverage of each test: Stryker's runner for this test platform, a preview, waited for it in vain
        echo '{ "stryker-config": { "coverage-analysis": "'"${COVERAGE:-all}"'" } }' >stryker-config.json
        dotnet stryker --test-runner mtp --project "$2.csproj" --configuration Release --concurrency "${CONCURRENCY:-$(nproc)}" \
            --mutate "$3/**/${4:-*}.cs" --reporter json --reporter html --reporter cleartext --skip-version-check --output "$results"
    )
}

names=${1:-lattices matching processes work}
for name in $names; do
    case $name in
    lattices) mutate lattices Kagome.Crystals "**/Lattices" "${2:-}" ;;
    matching) mutate matching Kagome.Crystals "**/Matching" "${2:-}" ;;
    processes) mutate processes Kagome.Processes "**" "${2:-}" ;;
    work) mutate work Kagome "**/Work" "${2:-}" ;;
    *)
        echo "mutate: unknown '$name'; choose lattices, matching, processes or work" >&2
        exit 2
        ;;
    esac
done
