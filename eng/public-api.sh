#!/usr/bin/env bash
# Writes what is public in each library to its PublicAPI.Unshipped.txt; from then on a build fails where code and file differ.
#   eng/public-api.sh            after a change that is meant: the difference is what users will meet
#   eng/public-api.sh --ship     at a release: all that is public now is shipped
#   eng/public-api.sh --off      removes the files, and with them the guard
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
for folder in src/*/; do
    name=$(basename "$folder")
    [ "$name" != Kagome.Cli ] && [ "$name" != Kagome.Web ] || continue
    shipped=$folder/PublicAPI.Shipped.txt
    unshipped=$folder/PublicAPI.Unshipped.txt
    if [ "${1:-}" = --off ]; then
        rm -f "$shipped" "$unshipped"
        continue
    fi
    [ -f "$shipped" ] && [ "${1:-}" != --ship ] || echo '#nullable enable' >"$shipped"
    echo '#nullable enable' >"$unshipped"
    # each symbol that is in no file is a warning that quotes the line to add
    touch "$folder/$name.csproj"
    log=$(dotnet build "$folder" -c Release -v quiet --nologo -clp:NoSummary -p:TreatWarningsAsErrors=false -p:BuildProjectReferences=true 2>&1) ||
        { echo "$log" >&2 && exit 1; }
    target=$unshipped
    [ "${1:-}" != --ship ] || target=$shipped
    sed -n "s|^.*/$folder[^(]*([0-9,]*): warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*|\1|p" <<<"$log" | sort -u >>"$target"
    # and each that is gone is one that quotes the line to remove
    sed -n "s|^.*warning RS0017: Symbol '\(.*\)' is part of the declared API, but.*|*REMOVED*\1|p" <<<"$log" | sort -u >>"$target"
    echo "$name: $(($(wc -l <"$shipped") + $(wc -l <"$unshipped") - 2)) public symbols"
done
