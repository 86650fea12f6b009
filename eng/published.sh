#!/usr/bin/env bash
# Publishes the program, runs it, and checks that it shares no file with bin/ and obj/, which later builds write to: eng/published.sh [--no-build]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet publish "$root/src/Kagome.Cli" -c Release -o "$folder" -v quiet --nologo "$@"
shared=$(find "$folder" -type f -links +1 | head -n 5)
if [ -n "$shared" ]; then
    echo "published: these files have other names elsewhere, and change with them:" >&2
    echo "$shared" >&2
    exit 1
fi
(cd / && dotnet "$folder/Kagome.Cli.dll" models verify) >"$folder/verify.txt" 2>&1 || {
    cat "$folder/verify.txt" >&2
    exit 1
}
echo "published: a program of its own, with its models"
