#!/bin/sh
# Write what the program can say about itself: man pages, command and format reference, completion.
# Usage: tools/docs.sh FOLDER    MRSE is the program. SPDX-License-Identifier: GPL-3.0-or-later
set -eu
to=$1
mrse=${MRSE:-build/mrse}
mkdir -p "$to/man" "$to/completion"
"$mrse" help --markdown >"$to/commands.md"
"$mrse" methods --markdown >"$to/methods.md"
"$mrse" help --formats >"$to/formats.md"
"$mrse" help --completion >"$to/completion/mrse.bash"
"$mrse" help --man >"$to/man/mrse.1"
for command in $(sed -n 's/^## mrse \([a-z]*\).*/\1/p' "$to/commands.md"); do
    "$mrse" help --man "$command" >"$to/man/mrse-$command.1"
done
