#!/bin/sh
# Install the Debian packages that a make target needs, after saying which are missing.
# Usage: tools/deps.sh GROUP...      groups: build check lint fuzz coverage valgrind bench
# Says nothing and costs milliseconds when all is there. SPDX-License-Identifier: GPL-3.0-or-later
set -eu

packages() {
    case $1 in
    build) echo libc6-dev pkg-config libgsl-dev libpng-dev libcairo2-dev libpango1.0-dev \
        libjansson-dev libsodium-dev libqpdf-dev libyaml-dev fonts-dejavu-core ;;
    check) echo libcmocka-dev poppler-utils qpdf help2man ;;
    lint) echo clang clang-tidy cppcheck ;;
    format) echo clang-format ;;
    fuzz) echo clang ;;
    coverage) echo gcovr ;;
    valgrind) echo valgrind ;;
    *) echo "deps.sh: unknown group '$1'" >&2; exit 64 ;;
    esac
}

wanted=
for group in "$@"; do
    list=$(packages "$group")
    wanted="$wanted $list"
done

if ! command -v dpkg-query >/dev/null; then
    echo "Not a Debian system: these packages, or yours of the same purpose, are needed:$wanted" >&2
    exit 0
fi

# dpkg-query fails when any package is unknown to it, yet lists the rest: that list is what counts.
# shellcheck disable=SC2086
present=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null |
    sed -n 's/ installed$//p') || true
missing=
for package in $wanted; do
    printf '%s\n' "$present" | grep -qx -- "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Missing Debian packages:$missing"
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "Neither root nor sudo here. Ask for this line to be run as root, then try again:"
    echo "  apt-get update && apt-get install -y --no-install-recommends$missing"
    exit 1
fi
log=build/deps.log
mkdir -p "${log%/*}"
echo "Installing them now with apt-get (log: $log)."
mkdir -p build
# shellcheck disable=SC2086
if ! { $as_root apt-get update &&
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log"
    echo "apt-get failed; the whole log is $log"
    exit 1
fi
