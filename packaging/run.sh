#!/usr/bin/env bash
# Opens the window, or the terminal rehearsal where there is no display.
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/system-packages.sh x11 speech
if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec .venv/bin/interview-app
fi
echo "There is no display here, so the rehearsal runs in this terminal."
exec .venv/bin/interview-app rehearse it-product-manager
