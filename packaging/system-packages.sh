#!/usr/bin/env bash
# Brings the system packages the application needs on Debian and Ubuntu, or names all at once.
# Usage: packaging/system-packages.sh GROUP…
# Needed: run x11 speech test build. Wanted, and gone without: full (what 43 tests skip for), voices.
set -euo pipefail

run="python3-venv libglib2.0-0 libegl1 libgl1 libopengl0 libx11-6 libxext6 libxrandr2 libdrm2
  libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0 libgssapi-krb5-2 libbrotli1 libpulse0
  libwayland-client0 libwayland-cursor0 libwayland-egl1 fonts-dejavu-core fonts-inter"
x11="libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
  libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1
  libxcb-util1 libxcb-xfixes0 libxcb-xkb1"
speech="libespeak-ng1 espeak-ng-data"
test="xvfb xauth xdotool pulseaudio pulseaudio-utils espeak-ng"
build="binutils dpkg-dev xz-utils"
full="appstream desktop-file-utils lintian poppler-utils squashfs-tools nsis p7zip-full npm faketime git"
voices="npm"

[ "$(uname -s)" = Linux ] || exit 0
command -v dpkg-query >/dev/null || {
  echo "This system has no dpkg; if something is missing, README names what the application needs." >&2
  exit 0
}

installed() {
  # Ubuntu 24.04 renamed some libraries for the 64-bit time type: NAMEt64 provides NAME.
  [[ "$(dpkg-query -W -f='${Status} ' "$1" "$1t64" 2>/dev/null)" == *"ok installed"* ]]
}

# "full" may be long: a package this system does not have is left out, and told.
available() { [[ "$(apt-cache policy "$1" 2>/dev/null)" == *"Candidate: "[0-9]* ]]; }

missing=() wanted=()
for group in "$@"; do
  case $group in
    run | x11 | speech | test | build) for package in ${!group}; do installed "$package" || missing+=("$package"); done ;;
    full | voices) for package in ${!group}; do installed "$package" || wanted+=("$package"); done ;;
    *) echo "unknown group: $group (run, x11, speech, test, build, full, voices)" >&2; exit 2 ;;
  esac
done
# npm may have come with Node.js from elsewhere, and then clashes with the package of that name.
if command -v npm >/dev/null; then wanted=("${wanted[@]/#npm/}"); fi
read -ra wanted <<<"${wanted[*]:-}"
[ ${#missing[@]} -eq 0 ] && [ ${#wanted[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo)
else
  if [ ${#missing[@]} -gt 0 ]; then
    echo "Some system packages are missing. Type this, then the same command again:" >&2
    echo "  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${missing[*]} ${wanted[*]}'" >&2
    exit 1
  fi
  echo "Going on without: ${wanted[*]}. To have them:"
  echo "  sudo apt-get install --no-install-recommends ${wanted[*]}"
  exit 0
fi

install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
echo "Installing system packages: ${missing[*]} ${wanted[*]}"
"${as_root[@]}" apt-get update -qq || echo "apt-get could not fetch the newest lists; trying with those that are here." >&2
[ ${#missing[@]} -eq 0 ] || install "${missing[@]}"
had=()
for package in "${wanted[@]}"; do
  if available "$package"; then had+=("$package"); else echo "Going without $package: this system does not offer it." >&2; fi
done
[ ${#had[@]} -eq 0 ] || install "${had[@]}" || echo "Going without: ${had[*]}" >&2
