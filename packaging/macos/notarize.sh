#!/usr/bin/env bash
# Has Apple check an image and staples the answer to it, if there is an account: notarize.sh FILE.dmg
# APPLE_ID, APPLE_TEAM_ID and APPLE_APP_PASSWORD (one made for this purpose) name the account.
set -euo pipefail
if [ -z "${APPLE_ID:-}" ]; then
  echo "No APPLE_ID in the environment: not notarized." >&2
  exit 0
fi
account=(--apple-id "$APPLE_ID" --team-id "$APPLE_TEAM_ID" --password "$APPLE_APP_PASSWORD")
answer=$(xcrun notarytool submit "$1" --wait --timeout 30m --output-format json "${account[@]}")
echo "$answer"
# A refusal is an answer too, which older versions of the tool call a success.
if ! grep -q '"status" *: *"Accepted"' <<<"$answer"; then
  id=$(sed -n 's/.*"id" *: *"\([^"]*\)".*/\1/p' <<<"$answer" | head -n 1)
  [ -z "$id" ] || xcrun notarytool log "$id" "${account[@]}"
  exit 1
fi
xcrun stapler staple "$1"
spctl --assess --type open --context context:primary-signature --verbose "$1"
