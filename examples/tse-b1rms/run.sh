#!/bin/sh
# Met (0): the sequence after the modification keeps the limit that it was modified for.
# SPDX-License-Identifier: GPL-3.0-or-later
here=$(dirname "$0")
exec "$here/../check-case.sh" "$here" 0
