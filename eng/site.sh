#!/usr/bin/env bash
# Makes the documentation site: eng/site.sh [--no-build] [FOLDER]; without a folder it only looks for faults.
# Pages are those of this checkout, the command reference comes from `kagome man`, the API from the built libraries; eng/site/ has the order of pages.
# Links that lead nowhere are faults. Where DocFX, a local tool of .NET, cannot be fetched, nothing is looked at, and it says so.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program=$root/src/Kagome.Cli/bin/Release/net10.0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export DOTNET_TieredPGO=0 # DocFX runs too briefly to gain by it: a quarter of its time
builds=true
[ "${1:-}" != --no-build ] || { builds=false && shift; }
target=${1:-}
if [ -n "$target" ]; then
    mkdir -p "$target"
    target=$(cd "$target" && pwd)
    if [ -n "$(ls -A "$target")" ] && [ ! -f "$target/xrefmap.yml" ]; then
        echo "site: $target holds other things; expected a new folder, or one that this script made" >&2
        exit 2
    fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
if ! dotnet tool restore >"$work/restore.log" 2>&1; then
    if [ -z "$target" ] && grep -q 'Unable to load the service index' "$work/restore.log"; then
        echo "site skipped: DocFX cannot be fetched here ($(grep -m 1 -o 'Unable to load.*' "$work/restore.log"))"
        exit 0
    fi
    cat "$work/restore.log" >&2
    exit 1
fi

stage=$work/stage
! $builds || dotnet build src/Kagome.Cli -c Release -v quiet --nologo >"$work/build.log" || { cat "$work/build.log" >&2 && exit 1; }
cp -r eng/site "$stage"
git ls-files -z --cached --others --exclude-standard -- '*.md' docs | grep -zv '^\(eng\|tests\|samples\)/' | xargs -0 tar -cf - | tar -xf - -C "$stage"
dotnet "$program/Kagome.Cli.dll" man --format markdown --out "$stage/reference/commands"

mkdir "$stage/libraries"
libraries=()
for list in src/*/PublicAPI.Unshipped.txt; do
    name=$(basename "$(dirname "$list")")
    libraries+=("$name.dll")
done
cp "$program"/*.dll "$program"/Kagome*.xml "$stage/libraries"
version=$(dotnet "$program/Kagome.Cli.dll" --version | cut -d+ -f1)
sed -i "s/\"LIBRARIES\"/$(printf '"%s", ' "${libraries[@]}" | sed 's/, $//')/; s/VERSION/$version/" "$stage/docfx.json"

cd "$stage"
[ -f docs/schemas/README.md ] || sed -i '/schemas/d' reference/toc.yml
# title PAGE: its first heading, with quotes that YAML reads
title() { sed -n 's/^# *//p' "$1" | head -n 1 | sed 's/`//g; s/\\/\\\\/g; s/"/\\"/g'; }

# fill TOC WORD HEADING PAGES: puts a heading with pages below in the place of a word in a table of contents
fill() {
    local toc=$1 word=$2 page
    {
        echo "- name: $3"
        echo "  items:"
        shift 3
        for page in "$@"; do echo "    - { name: \"$(title "$page")\", href: ../$page }"; done
    } >"$work/items.yml"
    sed -i -e "/^$word\$/{r $work/items.yml" -e 'd}' "$toc"
}
fill reference/toc.yml COMMANDS Commands reference/commands/kagome.md reference/commands/kagome-*.md
fill explanation/toc.yml DECISIONS Decisions docs/decisions/*.md

# pages name others by their place in the checkout, and decisions by their number: here these are links, but for code
{
    echo '/^```/,/^```$/b'
    echo '/^    /b'
    echo 's#(^|[^]]\(|[ ,;])`?((docs|models)/[a-z0-9/-]+\.md)`?#\1[\2](~/\2)#g'
    for page in docs/decisions/*.md; do
        number=$(basename "$page" | cut -c1-4)
        echo "s#\\b([Dd]ecision) (0*$((10#$number)))\\b#[\\1 \\2](~/$page)#g"
    done
} >"$work/links.sed"
# and code of no language is no code: DocFX would guess
echo '/^```/ { if (!inside && $0 == "```") $0 = "```text"; inside = !inside } { print }' >"$work/plain.awk"
find . -name '*.md' | while read -r page; do
    sed -E -f "$work/links.sed" "$page" | awk -f "$work/plain.awk" >"$work/page.md"
    mv "$work/page.md" "$page"
done

# the manifest of tools is found from the checkout only
(cd "$root" && dotnet docfx "$stage/docfx.json" --warningsAsErrors --log "$work/docfx.log" >"$work/docfx.txt" 2>&1) || {
    grep -E 'warning|error' "$work/docfx.txt" >&2 || cat "$work/docfx.txt" >&2
    echo "site: DocFX found faults" >&2
    exit 1
}
pages=$(find site -name '*.html' | wc -l)
if [ -n "$target" ]; then
    find "$target" -mindepth 1 -delete
    cp -r site/. "$target"
    echo "site: $pages pages in $target ($SECONDS s)"
else
    echo "site: $pages pages, whose links lead somewhere ($SECONDS s)"
fi
