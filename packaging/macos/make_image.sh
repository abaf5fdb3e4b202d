#!/usr/bin/env bash
# Makes the disk image people drag the application from, and has it notarized; prints its path.
# make_image.sh [BUNDLE [TARGET]]: the bundle PyInstaller made, and signed where CODESIGN_IDENTITY
# names an identity in a keychain (keychain.sh), or a stand-in for it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
identity() {
  (cd "$here/.." && "${PYTHON:-$root/.venv/bin/python}" -c "import identity; print(identity.$1)")
}
title=$(identity APP_TITLE)
bundle=${1:-$root/dist/$title.app}
target=${2:-$root/dist/$(identity APP_NAME)-$(identity VERSION)-macos-$(uname -m).dmg}
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$bundle" "$stage/"
ln -s /Applications "$stage/Applications"
# The system's scanner holds new files for a while: "Resource busy".
for attempt in 1 2 3 4 5 6; do
  hdiutil create -quiet -ov -volname "$title" -srcfolder "$stage" -format UDZO "$target" >&2 && break
  [ "$attempt" -lt 6 ] || { echo "hdiutil made no image in $attempt attempts." >&2; exit 1; }
  sleep $((attempt * 5))
done
if [ -n "${CODESIGN_IDENTITY:-}" ]; then
  codesign --verify --deep --strict --verbose=2 "$stage/$(basename "$bundle")" >&2
  codesign --force --timestamp --sign "$CODESIGN_IDENTITY" "$target" >&2
fi
"$here/notarize.sh" "$target" >&2
echo "$target"
