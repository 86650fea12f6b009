#!/usr/bin/env sh
# Takes the pictures of the web page that README and docs/web.md show, of a real prediction in Debian's chromium.
#   eng/screenshot.sh                 into docs/pictures
#   eng/screenshot.sh /tmp/pictures   elsewhere, with narrow and dark ones
set -eu
cd "$(dirname "$0")/.."
mkdir -p "${1:-docs/pictures}"
folder=$(cd "${1:-docs/pictures}" && pwd)
dotnet build tests/Kagome.Browser.Tests -c Release -v quiet --nologo
KAGOME_SCREENSHOTS="$folder" exec tests/Kagome.Browser.Tests/bin/Release/net10.0/Kagome.Browser.Tests -explicit only -class Kagome.Browser.Tests.Screenshots
