#!/usr/bin/env bash
# Tries the two commands on bare systems: packaging/fresh.sh [SUITE…]    (bookworm, trixie)
# Each root is made once with debootstrap and kept; each try has a copy of it, which goes afterwards.
#   FRESH_USERS="root person"   who runs them
#   FRESH_TESTS="tests/unit/…"  what `make test` runs; all of it when empty
# How packages are fetched here (PIP_…, certificates, sources of apt) is passed on.
set -euo pipefail
cd "$(dirname "$0")/.."
suites=${*:-bookworm trixie}
users=${FRESH_USERS-root person}
kept=${XDG_CACHE_HOME:-$HOME/.cache}/mock-interview-fresh
sources=/etc/apt/sources.list.d/debian.sources
bundle=/etc/ssl/certs/ca-certificates.crt
passed_bundle=/etc/ssl/passed-on.crt

command -v debootstrap >/dev/null || { echo "debootstrap is not here, which makes bare systems: apt-get install debootstrap" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || { echo "Bare systems can only be made and entered by root." >&2; exit 1; }
mkdir -p "$kept"
work=$(mktemp -d "$kept/try-XXXXXX")
mounted=()
leave() {
  # What a cut try left running inside.
  for process in /proc/[0-9]*; do
    [[ "$(readlink "$process/root" || true)" != "$work"/* ]] || kill "${process#/proc/}" || true
  done 2>/dev/null
  for place in "${mounted[@]}"; do umount -l "$place"; done
  rm -rf --one-file-system "$work"
}
trap leave EXIT

mirror=$([ -f $sources ] && sed -n 's/^URIs: //p' $sources | head -1 || true)

make_root() { # SUITE
  [ -f "$kept/$1/etc/debian_version" ] && [ ! -d "$kept/$1/debootstrap" ] && return
  rm -rf "${kept:?}/$1"
  echo "Making a bare $1…"
  debootstrap --variant=minbase "$1" "$kept/$1" ${mirror:+"$mirror"} >"$kept/$1.log" 2>&1 || { tail -5 "$kept/$1.log" >&2; exit 1; }
}

pass_on() { # ROOT SUITE: how this machine fetches packages
  local root=$1 file
  if [ -n "$mirror" ]; then
    echo "deb $mirror $2 main" >"$root/etc/apt/sources.list"
    cp -a /etc/apt/apt.conf.d/99* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
  fi
  for file in /etc/resolv.conf /etc/hosts /etc/pip.conf; do
    [ ! -f $file ] || cp -L "$file" "$root$file"
  done
  mkdir -p "$root/etc/ssl" "$root/etc/xdg"
  # Its own bundle of certificates is made when that package is installed.
  [ ! -f $bundle ] || cp -L $bundle "$root$passed_bundle"
  [ ! -f "$root/etc/pip.conf" ] || sed -i "s#$bundle#$passed_bundle#" "$root/etc/pip.conf"
  [ ! -d /etc/xdg/pip ] || cp -rL /etc/xdg/pip "$root/etc/xdg/"
  [ ! -f "$HOME/.npmrc" ] || { cp "$HOME/.npmrc" "$root/root/"; cp "$HOME/.npmrc" "$root/home/person/"; }
}

variables() {
  env | grep -E '^(PIP_|npm_|NODE_EXTRA_|SSL_CERT_FILE|REQUESTS_CA|CURL_CA|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY)' |
    grep -v '^PIP_FIND_LINKS' | sed "s#=$bundle#=$passed_bundle#" || true
}

inside() { # ROOT USER COMMAND
  local -a passed
  mapfile -t passed < <(variables)
  local home=/root; [ "$2" = root ] || home=/home/$2
  chroot "$1" /usr/bin/env -i "${passed[@]}" PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" LANG=C.UTF-8 \
    /usr/sbin/runuser -u "$2" -- bash -c "cd ~/'mock interview' && $3" </dev/null
}

failed=0
report=()
try() { # ROOT SUITE USER NAME COMMAND
  local begun=$SECONDS before after result=right
  before=$(du -smx "$1" | cut -f1)
  echo "== $2, $3: $4"
  inside "$1" "$3" "$5" || { result="failed ($?)"; failed=1; }
  after=$(du -smx "$1" | cut -f1)
  report+=("$(printf '%-9s %-7s %-8s %-34s %5s s %6s MB  %s' "$2" "$3" "$python" "$4" $((SECONDS - begun)) $((after - before)) "$result")")
}

for suite in $suites; do
  make_root "$suite"
  for user in $users; do
    root=$work/$suite-$user
    cp -a "$kept/$suite" "$root"
    for place in proc dev; do mkdir -p "$root/$place"; done
    mount -t proc proc "$root/proc"; mounted+=("$root/proc")
    mount --rbind /dev "$root/dev"; mount --make-rslave "$root/dev"; mounted+=("$root/dev")
    chroot "$root" useradd --create-home --shell /bin/bash person
    pass_on "$root" "$suite"
    chroot "$root" bash -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends make python3 >/dev/null'
    python=$(chroot "$root" python3 -c 'import platform; print(platform.python_version())')
    home=/root; [ "$user" = root ] || home=/home/$user
    mkdir -p "$root$home/mock interview"
    git ls-files -z | tar --null -T - -c | tar -x -C "$root$home/mock interview"
    chown -R "$(chroot "$root" id -u "$user"):" "$root$home" 2>/dev/null || chroot "$root" chown -R "$user:" "$home"
    if [ "$user" != root ]; then
      # What an ordinary user is told to type, typed.
      told=$(inside "$root" "$user" "make test FULL=${FULL:-1}" 2>&1 | sed -n "s/^ *sudo sh -c '\(.*\)'$/\1/p" || true)
      [ -n "$told" ] || { echo "An ordinary user was not told what is missing." >&2; failed=1; }
      chroot "$root" bash -c "export DEBIAN_FRONTEND=noninteractive; $told" >/dev/null 2>"$work/apt.log" || { tail -5 "$work/apt.log" >&2; failed=1; }
    fi
    try "$root" "$suite" "$user" "make run, no display" "make run"
    try "$root" "$suite" "$user" "make run, the second time" "PIP_NO_INDEX=1 make run"
    try "$root" "$suite" "$user" "doctor" ".venv/bin/interview-app doctor"
    try "$root" "$suite" "$user" "the folder moved, make run" \
      "cd .. && mv 'mock interview' moved && cd moved && PIP_NO_INDEX=1 make run && cd .. && mv moved 'mock interview'"
    try "$root" "$suite" "$user" "the wheel with [models], doctor" \
      "make -s wheel && python3 -m venv ~/own && cd dist && ~/own/bin/pip install -q \"./\$(ls ./*.whl | head -1)[models]\" && ~/own/bin/interview-app doctor; made=\$?; rm -rf ~/own; exit \$made"
    try "$root" "$suite" "$user" "make test${FRESH_TESTS:+, some}" "make test FULL=${FULL:-1} TESTS='${FRESH_TESTS:-}'"
    umount -l "$root/dev" "$root/proc"; mounted=()
    rm -rf --one-file-system "$root"
  done
done
echo
printf '%s\n' "${report[@]}"
exit $failed
