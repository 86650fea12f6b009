#!/usr/bin/env sh
# Spelling of pages, comments and code, where codespell is installed (apt-get install codespell).
set -eu
cd "$(dirname "$0")/.."
if ! command -v codespell >/dev/null 2>&1; then
    echo "spelling skipped: codespell is not installed"
    exit 0
fi
# an element, CIF's name for dummy atoms, a journal, VASP's word for a title, and what tests misspell on purpose
git ls-files '*.md' '*.cs' '*.sh' '*.props' '*.targets' '*.toml' ':!:*/Data/*' | xargs codespell --ignore-words-list te,dum,mater,nd,titel,tyes,shiped
