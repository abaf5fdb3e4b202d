#!/usr/bin/env bash
# Brings the certificate into a keychain of its own, before anything is signed: keychain.sh open|close
# MACOS_CERTIFICATE: a "Developer ID Application" with its key, a .p12 as base64, whose password is
# MACOS_CERTIFICATE_PASSWORD. Without it the keychains stay as they are.
set -euo pipefail
folder=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
keychain=$folder/mock-interview-signing.keychain-db
if [ "$1" = close ]; then
  [ ! -e "$keychain" ] || security delete-keychain "$keychain"
  exit 0
fi
if [ -z "${MACOS_CERTIFICATE:-}" ]; then
  echo "No MACOS_CERTIFICATE in the environment: the keychains stay as they are." >&2
  exit 0
fi
umask 077
certificate=$folder/mock-interview-signing.p12
trap 'rm -f "$certificate"' EXIT
printf %s "$MACOS_CERTIFICATE" | base64 --decode >"$certificate"
secret=$(uuidgen)
security create-keychain -p "$secret" "$keychain"
# Else it locks itself after five minutes, and codesign waits for a password that nobody types.
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$secret" "$keychain"
security import "$certificate" -f pkcs12 -k "$keychain" -P "$MACOS_CERTIFICATE_PASSWORD" \
  -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -k "$secret" "$keychain" >/dev/null
others=()
while read -r other; do others+=("$other"); done < <(security list-keychains -d user | sed 's/^ *"//; s/"$//')
security list-keychains -d user -s "$keychain" ${others[@]+"${others[@]}"}
