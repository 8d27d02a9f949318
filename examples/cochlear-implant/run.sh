#!/bin/sh
# Undetermined (2): conditions remain that a person assesses.
# SPDX-License-Identifier: GPL-3.0-or-later
here=$(dirname "$0")
exec "$here/../check-case.sh" "$here" 2
