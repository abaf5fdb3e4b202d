#!/usr/bin/env bash
# Has Apple check an image and staples the answer to it, if there is an account: notarize.sh FILE.dmg
# APPLE_ID, APPLE_TEAM_ID and APPLE_APP_PASSWORD (one made for this purpose) name the account.
set -euo pipefail
if [ -z "${APPLE_ID:-}" ]; then
  echo "No APPLE_ID in the environment: not notarized." >&2
  exit 0
fi
xcrun notarytool submit "$1" --wait \
  --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM_ID" --password "$APPLE_APP_PASSWORD"
xcrun stapler staple "$1"
