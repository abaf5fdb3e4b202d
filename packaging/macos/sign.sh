#!/usr/bin/env bash
# Signs the bundle if an identity is in the environment: sign.sh "dist/Mock Interview.app"
# CODESIGN_IDENTITY: a "Developer ID Application" in the keychain. MACOS_CERTIFICATE (a .p12 as
# base64) and MACOS_CERTIFICATE_PASSWORD bring it into a keychain of their own first.
set -euo pipefail
bundle=$1
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${CODESIGN_IDENTITY:-}" ]; then
  echo "No CODESIGN_IDENTITY in the environment: not signed." >&2
  exit 0
fi
if [ -n "${MACOS_CERTIFICATE:-}" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  secret=$(uuidgen)
  keychain=$work/signing.keychain-db
  printf %s "$MACOS_CERTIFICATE" | base64 --decode >"$work/certificate.p12"
  security create-keychain -p "$secret" "$keychain"
  security unlock-keychain -p "$secret" "$keychain"
  security import "$work/certificate.p12" -k "$keychain" -P "$MACOS_CERTIFICATE_PASSWORD" \
    -T /usr/bin/codesign
  security set-key-partition-list -S apple-tool:,apple: -k "$secret" "$keychain" >/dev/null
  security list-keychains -d user -s "$keychain" login.keychain-db
fi
# Inside out: a signature covers what lies within, and --deep misses libraries among resources.
find "$bundle/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
  xargs -0 -n 20 codesign --force --timestamp --options runtime --sign "$CODESIGN_IDENTITY"
codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
  --sign "$CODESIGN_IDENTITY" "$bundle"
codesign --verify --strict --verbose=2 "$bundle"
