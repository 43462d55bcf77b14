#!/usr/bin/env bash
# Makes sure that programs are there: installs what is missing where it may,
# and otherwise names it.
#
#   tools/need.sh redis-server chromium
set -euo pipefail

missing=()
for program in "$@"; do
  command -v "$program" >/dev/null 2>&1 || missing+=("$program")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing: ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  exit 0
fi

echo "missing: ${missing[*]}. Install them (Debian: sudo apt-get install ${missing[*]}) and try again." >&2
exit 1
