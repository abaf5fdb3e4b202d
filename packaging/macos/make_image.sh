#!/usr/bin/env bash
# Signs the bundle, makes the disk image people drag it from, and has it notarized; prints its path.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
read -r name version <<<"$(cd "$here/.." && "$root/.venv/bin/python" -c \
  'from identity import APP_NAME, VERSION; print(APP_NAME, VERSION)')"
title=$(cd "$here/.." && "$root/.venv/bin/python" -c 'from identity import APP_TITLE; print(APP_TITLE)')
bundle=$root/dist/$title.app
target=$root/dist/$name-$version-macos-$(uname -m).dmg
"$here/sign.sh" "$bundle" >&2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$bundle" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -quiet -ov -volname "$title" -srcfolder "$stage" -format UDZO "$target" >&2
"$here/notarize.sh" "$target" >&2
echo "$target"
