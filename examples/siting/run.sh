#!/bin/sh
# Undetermined (2): one piece of equipment may stand too near to decide.
# SPDX-License-Identifier: GPL-3.0-or-later
here=$(dirname "$0")
exec "$here/../check-case.sh" "$here" 2
