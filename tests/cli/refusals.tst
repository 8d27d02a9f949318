# What is refused: exit code, message with place and hint, nothing on standard output, nothing left
# behind. Columns: see run.sh. SPDX-License-Identifier: GPL-3.0-or-later

# the command line
N 64 unknown-command.err   mrse unti
N 64 unknown-option.err    mrse assess input/case-met.yaml --jsno
N 64 .                     mrse field input/base.yaml -x
N 64 .                     mrse --frobnicate
N 64 .                     mrse help fild
N 64 .                     mrse methods decison-rule
N 64 too-few.err           mrse field
N 64 .                     mrse check
N 64 .                     mrse field input/base.yaml input/base.yaml
N 64 .                     mrse worksheet input/case-met.yaml
N 64 .                     mrse worksheet input/case-met.yaml -o
N 64 .                     mrse worksheet input/case-met.yaml -o ''
N 64 bare-option.err       mrse field input/base.yaml --levels 5
N 64 .                     mrse field input/base.yaml --levels "5 mT, 7"
N 64 wrong-option.err      mrse field input/base.yaml --radii "5 T"
N 64 .                     mrse field input/base.yaml --radii "-5 cm"
N 64 .                     mrse field input/base.yaml --levels "0 T"
N 64 .                     mrse field input/base.yaml --levels "nan T"
N 64 .                     mrse field input/base.yaml --at "0.2 m"
N 64 .                     mrse field input/base.yaml --at "0.2 m, 0.9"
N 64 .                     mrse field input/base.yaml --at "0.2 m, 0.9 m, 1 m"
N 64 .                     mrse field input/base.yaml --limit "2.5 T/m"
N 64 .                     mrse field input/base.yaml --path "0.2 m, 0 m" --limit "2.5 T/m/s"
N 64 .                     mrse field input/base.yaml --path "0.2 m, 0 m" --limit "70 cm"
N 64 .                     mrse field input/base.yaml --path "0.2 m, 0 m" --path "0.3 m, 0 m"
N 64 path-beyond.err       mrse field input/base.yaml --path "0.2 m, 5 m"
N 65 path-covers.err       mrse field input/base.yaml --path "0.4 m, 0 m"
N 65 at-far.err            mrse field input/base.yaml --at "0.2 m, 1e300 m"
N 65 .                     mrse field input/base.yaml --levels "1e-30 T"
N 64 .                     mrse field input/base.yaml --json --csv
N 64 .                     mrse field input/base.yaml --json=yes
N 64 date.err              mrse worksheet input/case-met.yaml -o out/x --date 22/11/2026
N 64 .                     mrse worksheet input/case-met.yaml -o out/x --date 2026-02-30
N 64 .                     SOURCE_DATE_EPOCH=yesterday mrse worksheet input/case-met.yaml -o out/x
N 64 .                     mrse check "$(printf 'caf\351.yaml')"
N 65 units-wrong.err       mrse units "720 G/cm" T/s
N 65 .                     mrse units "70 cm" T/m
N 65 .                     mrse units "720 G/cm" G/cn
N 65 .                     mrse units 720
N 65 .                     mrse units "nan T"
N 65 .                     mrse units "720 g/cm" T/m

# what users write in files
N 65 wrong-unit.err        mrse check input/wrong-unit.yaml
N 65 bare-number.err       mrse check input/bare-number.yaml
N 65 unknown-key.err       mrse check input/unknown-key.yaml
N 65 duplicate-key.err     mrse check input/duplicate-key.yaml
N 65 nan.err               mrse check input/nan.yaml
N 65 comma.err             mrse check input/comma.yaml
N 65 out-of-range.err      mrse check input/out-of-range.yaml
N 65 gradient-length.err   mrse check input/gradient-length.yaml
N 65 many-errors.err       mrse check input/many-errors.yaml
N 65 sheet-contradicts.err mrse check input/sheet-contradicts.yaml
N 65 .                     mrse check input/wrong-unit.yaml input/bare-number.yaml 2>&1 >&2 | grep -q '2 errors in 2 files' && mrse check input/wrong-unit.yaml
N 65 .                     mrse field input/wrong-unit.yaml
N 65 no-coils.err          mrse field input/no-coils.yaml
N 65 .                     mrse field input/gradient-length.yaml
N 65 .                     mrse assess input/case-no-reason.yaml
N 65 .                     mrse assess examples/siting/case.yaml --scanner scanners/reference-m15.yaml
N 65 .                     mrse assess input/case-met.yaml --scanner input/case-met.yaml
N 74 .                     mrse assess input/case-met.yaml --scanner scanners/nowhere.yaml
N 64 .                     mrse assess input/case-met.yaml --scanner scanners/reference-m15.yaml --explain
N 64 .                     s='--scanner scanners/reference-m15.yaml'; mrse assess input/case-met.yaml $s $s $s $s $s $s $s
N 65 .                     mrse worksheet input/case-no-reason.yaml -o out/x
N 65 identifier.err        mrse worksheet input/case-identifier.yaml -o out/x
N 65 .                     mrse worksheet input/case-met.yaml -o out/x --author 'Mr Example'
N 65 .                     mrse portfolio examples/portfolio -o out/x
N 64 .                     mrse check --diff scanners/reference-m15.yaml
N 64 .                     mrse check scanners/reference-m15.yaml --records out
N 74 .                     mrse check --diff scanners/reference-m15.yaml input/nowhere.yaml
N 64 .                     mrse portfolio
N 64 .                     mrse modify examples/tse-b1rms/before.yaml
N 64 modify-sar.err        mrse modify examples/tse-b1rms/before.yaml --limit "SAR <= 2 W/kg"
N 64 .                     mrse modify examples/tse-b1rms/before.yaml --limit "B1+rms >= 2 uT"
N 64 .                     mrse modify examples/tse-b1rms/before.yaml --limit "B1rms <= 2 uT"
N 64 .                     mrse modify examples/tse-b1rms/before.yaml --limit "B1+rms <= 2"
N 64 .                     mrse modify examples/tse-b1rms/before.yaml --limit "B1+rms <= 2 uT" --keep colour
N 64 .                     mrse modify examples/tse-b1rms/before.yaml --limit "B1+rms <= 2 uT" --range "TR 5 s"
N 64 .                     mrse modify examples/tse-b1rms/before.yaml --limit "dB/dt <= 20 T/s" --at "1 cm, 2 cm"
N 64 .                     mrse modify examples/tse-b1rms/before.yaml --limit "dB/dt <= 20 T/s" --at "1 cm, 2 cm, 3 cm"
N 74 .                     mrse portfolio examples/nowhere
N 65 .                     mrse check input/empty.yaml
N 65 .                     mrse check input/binary.yaml
N 65 .                     mrse field input/binary.yaml --json
N 65 .                     mrse check "$BIG"
N 65 .                     mrse field "$BIG"
N 65 .                     mrse field "$BIG" -o out/x

# reading
N 74 missing.err           mrse field input/nowhere.yaml
N 74 .                     mrse check input/nowhere.yaml
N 74 .                     mrse check input
N 74 .                     mrse assess input/nowhere.yaml
N 74 case-gone.err         mrse assess input/case-gone.yaml
N 74 .                     mrse worksheet input/case-gone.yaml -o out/x
N 74 .                     mrse selftest input/nowhere.case
N 74 dicom-missing.err     mrse dicom input/nowhere.dcm
N 74 .                     mrse dicom input
N 74 .                     mrse dicom /dev/zero
N 65 dicom-yaml.err        mrse dicom input/base.yaml
N 65 .                     mrse dicom input/empty.yaml
N 65 .                     mrse dicom examples/dicom/tse-180.dcm input/base.yaml --json
N 65 .                     mrse dicom "$BIG"
N 64 .                     mrse dicom
N 74 full.err              mrse dicom examples/dicom/tse-180.dcm >/dev/full
N 74 unreadable.err        $DROP mrse check input/unreadable.yaml
N 74 .                     $DROP mrse field input/unreadable.yaml -o out/x

# writing: nothing is overwritten, and nothing half-made stays
N 74 exists.err            mrse field input/base.yaml -o input
N 74 .                     mrse worksheet input/case-met.yaml -o input
N 74 .                     mrse field input/base.yaml -o input/base.yaml
N 74 readonly.err          $DROP mrse field input/base.yaml -o readonly/out
N 74 .                     $DROP mrse worksheet input/case-met.yaml -o readonly/out
N 74 .                     mrse worksheet input/case-met.yaml -o nowhere/at/all/out
N 65 .                     mrse worksheet input/case-no-reason.yaml -o fresh/out
N 74 .                     trap '' XFSZ; ulimit -f 4; mrse field input/base.yaml -o fresh/out
N 74 .                     mrse worksheet input/case-met.yaml -o /dev/full
N 74 .                     mrse field input/base.yaml -o /dev/full
N 74 .                     trap '' XFSZ; ulimit -f 4; mrse worksheet input/case-met.yaml -o out/x
N 74 .                     trap '' XFSZ; ulimit -f 4; mrse field input/base.yaml -o out/x
N 74 .                     trap '' XFSZ; ulimit -f 4; mrse worksheet input/case-met.yaml -o out/x --force

# a full disk behind standard output, for everything that prints
N 74 full.err              mrse >/dev/full
N 74 full.err              mrse --version >/dev/full
N 74 full.err              mrse field --help >/dev/full
N 74 full.err              mrse field input/base.yaml >/dev/full
N 74 full.err              mrse field input/base.yaml --json >/dev/full
N 74 full.err              mrse field input/base.yaml --csv >/dev/full
N 74 full.err              mrse assess input/case-met.yaml >/dev/full
N 74 full.err              mrse assess input/case-met.yaml --json >/dev/full
N 74 full.err              mrse check input/base.yaml >/dev/full
N 74 full.err              mrse check input/base.yaml --json >/dev/full
N 74 full.err              mrse units >/dev/full
N 74 full.err              mrse units "720 G/cm" --json >/dev/full
N 74 full.err              mrse methods >/dev/full
N 74 full.err              mrse selftest >/dev/full
N 74 full.err              mrse help --man field >/dev/full
N 74 full.err              mrse help --formats >/dev/full
N 74 full.err              mrse help --completion >/dev/full
N 74 closed.err            mrse units >&-
N 74 closed.err            mrse assess input/case-met.yaml --json >&-
N 65 site-image.err          mrse check input/site-image.yaml
N 65 .                       mrse field input/base.yaml --plan input/site-image.yaml
N 65 site-case.err           mrse field input/base.yaml --plan input/case-met.yaml
N 74 .                       mrse field input/base.yaml --plan input/none.yaml
N 64 .                       mrse field input/base.yaml --plan
N 65 .                       mrse field input/base.yaml --plan input/site-image.yaml -o out/bad-site

# survey files
N 65 survey-slips.err   mrse survey scanners/reference-m15.yaml input/survey-slips.csv
N 65 survey-place.err   mrse survey scanners/reference-m15.yaml input/survey-place.csv
N 64 .                  mrse survey scanners/reference-m15.yaml
N 74 .                  mrse survey scanners/reference-m15.yaml input/no-such.csv

# sequences
N 65 seq-version.err       mrse sequence input/version-1-0.seq
N 65 seq-required.err      mrse sequence input/required.seq
N 65 seq-mistakes.err      mrse sequence input/mistakes.seq
N 65 .                     mrse sequence input/base.yaml
N 65 .                     mrse sequence input/binary.yaml
N 65 .                     mrse sequence input/empty.yaml
N 74 .                     mrse sequence input/none.seq
N 74 .                     mrse sequence input
N 64 .                     mrse sequence
N 64 seq-coil.err          mrse sequence examples/sequence/gre.seq --coil xmr
N 64 .                     mrse sequence examples/sequence/gre.seq --gamma 42.58
