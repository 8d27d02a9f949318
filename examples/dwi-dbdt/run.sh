#!/bin/sh
# Met (0): the slower sequence keeps the limit on dB/dt at the electrodes, uncertainty included.
# SPDX-License-Identifier: GPL-3.0-or-later
here=$(dirname "$0")
exec "$here/../check-case.sh" "$here" 0
