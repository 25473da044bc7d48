#!/bin/sh
# Make sure that programs which tests and benches drive are there: chromium, postgres, nginx, redis-server, wrk, java, npm, a C compiler.
# From the system's packages where we may install them; Chromium otherwise by Playwright. Missing is an error.
set -eu

have() {
  case "$1" in
    postgres) command -v postgres >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 ;;
    chromium) command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
      || command -v google-chrome >/dev/null 2>&1 || ls "$HOME"/.cache/ms-playwright/chromium-*/ >/dev/null 2>&1 ;;
    nginx) command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

packages() {
  case "$1" in
    postgres) echo postgresql ;;
    nginx) echo nginx-light ;;
    java) echo default-jre-headless ;;
    cc) echo gcc libc6-dev ;;
    *) echo "$1" ;;
  esac
}

for program in "$@"; do
  have "$program" && continue
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $program from the system's packages"
    [ -n "${updated:-}" ] || apt-get update -qq >/dev/null || true
    updated=1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(packages "$program") >/dev/null
  elif [ "$program" = chromium ]; then
    .venv/bin/python -m playwright install chromium
  fi
  have "$program" || { echo "$program is missing and could not be installed; install it and run this again" >&2; exit 1; }
done
