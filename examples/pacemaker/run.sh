#!/bin/sh
# Undetermined (2): the zone is kept, the label does not say which SAR it means.
# SPDX-License-Identifier: GPL-3.0-or-later
here=$(dirname "$0")
exec "$here/../check-case.sh" "$here" 2
