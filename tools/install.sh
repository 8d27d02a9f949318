#!/bin/sh
# Put the program, libraries, headers and documents under PREFIX, or take them away again.
# Usage: tools/install.sh VERSION BUILT PROGRAM DESTDIR PREFIX | tools/install.sh --remove DESTDIR PREFIX
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
if [ "$1" = --remove ]; then
    root=$2$3
    rm -f "$root/bin/mrse" "$root"/lib/libmrse.a "$root"/lib/libmrse.so* "$root/lib/pkgconfig/mrse.pc" \
        "$root"/share/man/man1/mrse.1 "$root"/share/man/man1/mrse-*.1 \
        "$root/share/bash-completion/completions/mrse"
    rm -rf "$root/include/mrse" "$root/share/mrse" "$root/share/doc/mrse"
    exit 0
fi
version=$1 built=$2 program=$3 root=$4$5 prefix=$5
put() { # MODE FOLDER FILE...
    mode=$1 folder=$root/$2
    shift 2
    install -d "$folder"
    install -m "$mode" "$@" "$folder"
}
put 755 bin "$program"
put 644 lib "$built/libmrse.a"
install -m 644 "$built/libmrse.so.0" "$root/lib/libmrse.so.$version"
ln -sf "libmrse.so.$version" "$root/lib/libmrse.so.0"
ln -sf libmrse.so.0 "$root/lib/libmrse.so"
put 644 include/mrse include/mrse/*.h
install -d "$root/lib/pkgconfig"
sed "s|@PREFIX@|$prefix|; s|@VERSION@|$version|" mrse.pc.in >"$root/lib/pkgconfig/mrse.pc"
put 644 share/man/man1 docs/man/*.1
install -d "$root/share/bash-completion/completions"
install -m 644 docs/completion/mrse.bash "$root/share/bash-completion/completions/mrse"
put 644 share/doc/mrse README CHANGES LICENSE docs/*.md
put 644 share/mrse/scanners scanners/*
find examples -type f | while read -r file; do
    put "$(test -x "$file" && echo 755 || echo 644)" "share/mrse/$(dirname "$file")" "$file"
done
echo "Installed in $root"
