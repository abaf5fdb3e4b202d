#!/usr/bin/env bash
# Brings the system packages the application needs on Debian and Ubuntu, or names them.
# Usage: packaging/system-packages.sh GROUP…    (run, x11, speech, test, build)
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

[ "$(uname -s)" = Linux ] || exit 0
command -v dpkg-query >/dev/null || {
  echo "This system has no dpkg; if something is missing, README names what the application needs." >&2
  exit 0
}

installed() {
  # Ubuntu 24.04 renamed some libraries for the 64-bit time type: NAMEt64 provides NAME.
  [[ "$(dpkg-query -W -f='${Status} ' "$1" "$1t64" 2>/dev/null)" == *"ok installed"* ]]
}

missing=()
for group in "$@"; do
  case $group in
    run | x11 | speech | test | build) for package in ${!group}; do installed "$package" || missing+=("$package"); done ;;
    *) echo "unknown group: $group (run, x11, speech, test, build)" >&2; exit 2 ;;
  esac
done
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
  echo "Installing system packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  echo "Installing system packages: ${missing[*]}"
  sudo sh -c "DEBIAN_FRONTEND=noninteractive $install" >/dev/null
else
  echo "Some system packages are missing. Type this, then the same command again:" >&2
  echo "  sudo sh -c '$install'" >&2
  exit 1
fi
