#!/bin/sh
# Not met (1): steel near the south wall moves the 0.5 mT line.
# SPDX-License-Identifier: GPL-3.0-or-later
here=$(dirname "$0")
exec "$here/../check-case.sh" "$here" 1
