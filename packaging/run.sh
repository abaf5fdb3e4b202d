#!/usr/bin/env bash
# Opens the window, or the terminal rehearsal where there is no display.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec .venv/bin/python -m interview_app
fi
echo "There is no display here, so the rehearsal runs in this terminal."
exec .venv/bin/python -m interview_app rehearse it-product-manager
