#!/bin/sh
# Not stated (2): no limit applies to an object without a label; the sheet is a risk assessment.
# SPDX-License-Identifier: GPL-3.0-or-later
here=$(dirname "$0")
exec "$here/../check-case.sh" "$here" 2
