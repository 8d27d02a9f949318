#!/bin/sh
# Met (0): the modified sequence keeps the limit on B1+rms, as its console shows.
# SPDX-License-Identifier: GPL-3.0-or-later
here=$(dirname "$0")
exec "$here/../check-case.sh" "$here" 0
