# What each command does when all is well. Columns: see run.sh.
# SPDX-License-Identifier: GPL-3.0-or-later

P 0 overview.txt        mrse
P 0 overview.txt        mrse --help
P 0 overview.txt        mrse -h
P 0 overview.txt        mrse help
P 0 .                   mrse --version | grep -Eq '^mrse [0-9]+\.[0-9]+\.[0-9]+'
P 0 .                   mrse --version | grep -q 'GSL .*libpng'
P 0 .                   mrse --version >out/v && mrse --version | cmp - out/v

# help of every command, on standard output, exit 0, the same by both ways, examples before options
P 0 help-field.txt      mrse field --help
P 0 help-field.txt      mrse help field
P 0 help-field.txt      mrse field -h
P 0 help-sequence.txt   mrse sequence --help
P 0 help-assess.txt     mrse assess --help
P 0 help-worksheet.txt  mrse worksheet --help
P 0 help-verify.txt     mrse verify --help
P 0 help-modify.txt     mrse modify --help
P 0 help-object.txt     mrse object --help
P 0 help-portfolio.txt  mrse portfolio --help
P 0 help-check.txt      mrse check --help
P 0 help-dicom.txt      mrse dicom --help
P 0 help-units.txt      mrse units --help
P 0 help-methods.txt    mrse methods --help
P 0 help-selftest.txt   mrse selftest --help
P 0 help-help.txt       mrse help --help
P 0 .                   for c in field survey sequence modify object dicom assess worksheet verify portfolio check units methods selftest; do mrse $c --help | grep -q -- --json || exit 1; done
P 0 .                   for c in field survey sequence modify object dicom assess worksheet verify portfolio check units methods selftest help; do mrse help --man $c | grep -q '^.SH EXAMPLES' || exit 1; done
P 0 options-field.txt   mrse field --list-options
P 0 .                   mrse help --json | grep -q '"name": "worksheet"'
P 0 .                   mrse help --man | grep -q SOURCE_DATE_EPOCH
P 0 .                   mrse help --markdown | grep -q '^## mrse verify'
P 0 .                   mrse help --formats | grep -q '^## case/1'
P 0 .                   mrse help --completion >out/c && bash -n out/c

# units
P 0 units.txt           mrse units
P 0 units-720.txt       mrse units "720 G/cm"
P 0 .                   test "$(mrse units '720 G/cm' T/m)" = "7.20 T/m"
P 0 .                   test "$(mrse units '0.5 mT' G)" = "5.00 G"
P 0 .                   test "$(mrse units '15 min' s)" = "900 s"
P 0 .                   test "$(mrse units '2 µT' uT)" = "2.00 uT"
P 0 .                   test "$(mrse units '-12 cm' m 2>&1)" != "-0.120 m" # looks like an option...
P 0 .                   test "$(mrse units -- '-12 cm' m)" = "-0.120 m"
P 0 units-720.json      mrse units "720 G/cm" T/m --json
P 65 .                  mrse units "1,5 T" 2>&1 | grep -q "write '.' as decimal mark" && mrse units "1,5 T"
P 65 .                  mrse units "−1.5 T" 2>&1 | grep -q "write '-'" && mrse units "−1.5 T"
P 0 .                   mrse units --json | grep -q '"unit": "G/cm"'

# methods
P 0 methods.txt         mrse methods
P 0 method-rule.txt     mrse methods decision-rule
P 0 .                   mrse methods decision-rule --json | grep -q '"source": "ISO/IEC Guide 98-4:2012'
P 0 .                   mrse methods --markdown | grep -q '^## path-maximum'
P 0 .                   for f in $(mrse methods --markdown | sed -n 's/^- \*\*Test:\*\* //p' | tr -d ','); do test -e "$TOP/$f" || { echo "no $f" >&2; exit 1; }; done

# check
P 0 check-good.txt      mrse check input/base.yaml scanners/reference-m15.yaml
P 0 .                   mrse check input/case-met.yaml
P 0 check-good.json     mrse check input/base.yaml --json
P 65 check-bad.json     mrse check input/many-errors.yaml --json
P 0 check-sheet.txt     mrse check input/data-sheet.yaml
P 0 check-sheet.json    mrse check input/data-sheet.yaml examples/loop-recorder/case.yaml --json

# field: numbers against values computed with 34 digits
P 0 .                   mrse field input/base.yaml | grep -q 'MR ENVIRONMENT'
P 0 point.json          mrse field input/base.yaml --at "0.2 m, 0.9 m" --at "20 cm, -900 mm" --json | sed -n '/"points"/,/^  ]/p'
P 0 .                   mrse field input/base.yaml --at "0.2 m, 0.9 m" --json | grep -q '"grad_T_m": 2.67557735,'
P 0 .                   mrse field input/base.yaml --levels "0.5 mT" --radii "10 cm" --json | grep -c '"level_T"' | grep -qx 2
P 0 .                   mrse field input/base.yaml --path "20 cm, 30 cm" --limit "2.5 T/m" | grep -q 'exceeded from z = 0.930 m to 0.698 m'
P 0 .                   mrse field input/base.yaml --path "20 cm, 30 cm" --limit "250 G/cm" --json | grep -q '"limit_T_m": 2.5,'
P 0 .                   mrse field input/base.yaml --csv | head -n 1 | grep -qx 'level_T,line,z_m,r_m'
P 0 .                   mrse field input/base.yaml -o out/field && test -s out/field/record.json && test -s out/field/contours.csv && ls out/field/*.png out/field/*/*.png 2>/dev/null | grep -q png
P 0 .                   mrse field input/base.yaml -o out/field --force --author "A. Author" --date 2026-11-22 && grep -q '"A. Author"' out/field/record.json
P 0 .                   mrse field input/base.yaml --json | grep -q '"name": null'
P 0 .                   mrse field input/base.yaml --json >out/1 && mrse field input/base.yaml --json | cmp - out/1
P 0 .                   mrse field - <input/base.yaml | grep -q 'MR ENVIRONMENT'
P 0 field-sheet.txt     mrse field input/sheet-and-coils.yaml

# field --plan: a site around the scanner
P 0 plan.txt            mrse field scanners/reference-m15.yaml --plan examples/siting/site.yaml | sed -n '/^The site/,/^Storeys/p'
P 0 .                   mrse field scanners/reference-m15.yaml --plan examples/siting/site.yaml -o out/plan && test -s out/plan/figures/4-site.png && grep -q '"site-maximum"' out/plan/record.json
P 0 .                   mrse field scanners/reference-m15.yaml --plan examples/siting/site.yaml --json | grep -c '"to_limit_m"' | grep -qx 5
P 0 .                   mrse field scanners/reference-m15.yaml --json | grep -c '"site": {' | grep -qx 0
P 0 .                   mrse check examples/siting/site.yaml examples/siting/case.yaml
P 2 .                   mrse assess examples/siting/case.yaml
P 0 .                   mrse worksheet examples/siting/case.yaml -o out/siting && test -s out/siting/inputs/site.yaml && mrse verify out/siting

# assess: the exit code is the verdict
P 0 .                   mrse assess input/case-met.yaml
P 1 .                   mrse assess input/case-not-met.yaml
P 2 .                   mrse assess input/case-partial.yaml
P 0 .                   mrse assess input/case-met.yaml | grep -q 'as a whole: MET'
P 0 .                   mrse assess input/case-not-met.yaml | grep -q 'as a whole: NOT MET'
P 0 .                   mrse assess input/case-partial.yaml | grep -q 'as a whole: UNDETERMINED'
P 0 .                   mrse assess input/case-met.yaml --scanner scanners/reference-m15.yaml
P 1 assess-scanners.txt mrse assess examples/cochlear-implant/case.yaml --scanner scanners/reference-m15.yaml --scanner scanners/reference-m30.yaml --date 2026-11-22
P 2 .                   mrse assess examples/cochlear-implant/case.yaml --scanner scanners/reference-m15.yaml
P 2 assess-no-field.txt   mrse assess examples/cochlear-implant/case.yaml --scanner scanners/ge-signa-voyager.yaml --date 2026-11-22
P 1 .                   mrse assess examples/dbs/case.yaml --scanner scanners/reference-m15.yaml --json >out/b.json
P 0 .                   tr -d ' \n' <out/b.json | grep -qF '"kind":"comparison"'
P 1 .                   mrse assess input/case-not-met.yaml --json >out/a.json
P 0 .                   tr -d ' \n' <out/a.json | grep -q '"overall":{"verdict":"NOTMET"'
P 0 .                   tr -d ' \n' <out/a.json | grep -qF '"argv":["mrse","assess","case-not-met.yaml","--json"]'
P 0 .                   ! mrse assess input/case-met.yaml | grep -iwE 'safe|pass(ed|es)?|approved|compliant'
P 0 .                   mrse worksheet input/case-no-author.yaml -o out/na && grep -q UNATTRIBUTED out/na/worksheet.html

# worksheet and verify
P 0 .                   mrse worksheet input/case-not-met.yaml -o out/ws | grep -q 'NOT MET'
P 0 .                   mrse worksheet input/case-met.yaml -o out/fresh/ws/ && test -s out/fresh/ws/worksheet.pdf
P 0 .                   cd out/ws && sha256sum -c --quiet SHA256SUMS
P 0 .                   for f in worksheet.pdf worksheet.html worksheet.json SHA256SUMS; do test -s out/ws/$f || exit 1; done
P 0 .                   head -c 5 out/ws/worksheet.pdf | grep -q '%PDF-'
P 0 verify-same.txt     mrse verify out/ws | tail -n 1
P 0 .                   mrse verify out/ws --json | grep -q '"result": "same"'
P 0 .                   mrse worksheet input/case-not-met.yaml -o out/ws2 --json >out/ws2.json && cmp out/ws2.json out/ws2/worksheet.json
P 0 .                   for d in p q; do mkdir out/$d && (cd out/$d && mrse worksheet ../../input/case-not-met.yaml -o w) || exit 1; done; diff -r out/p out/q
P 0 .                   mrse worksheet input/case-not-met.yaml -o out/ws --force --date 2026-11-23 --author "B. Author" && mrse verify out/ws
P 1 .                   cp -r out/ws out/changed && sed -i 's/A. Author/Another/' out/changed/worksheet.html && echo x >>out/changed/worksheet.html && mrse verify out/changed
P 2 .                   cp -r out/ws out/gone && rm -r out/gone/inputs && mrse verify out/gone
P 2 .                   mrse verify out/nowhere

# selftest: an installation can file it
P 0 .                   mrse selftest | tail -n 1 | grep -qx 'result: all expectations hold'
P 0 .                   mrse selftest | grep -qx 'mrse .*, 2026-11-22T12:00:00Z'
P 0 .                   mrse selftest --date 2026-11-22 --json | grep -q '"result": "all expectations hold"'
P 0 .                   mrse selftest tests/cases/decision.case
P 70 selftest-wrong.txt mrse selftest input/wrong.case | grep -v '^mrse \|^GSL'; mrse selftest input/wrong.case >/dev/null
P 65 .                  mrse selftest input/mistakes.case >out/m
P 0 mistakes.txt        grep '^input' out/m
P 65 .                  mrse selftest input/empty.case

# surroundings
P 0 .                   test "$(LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 mrse units '0.5 mT' G)" = "5.00 G"
P 0 .                   LC_ALL=de_DE.UTF-8 mrse field input/base.yaml --json >out/de && mrse field input/base.yaml --json | cmp - out/de
P 0 .                   ! NO_COLOR= TERM=xterm mrse assess input/case-met.yaml | grep -q "$(printf '\033')"
P 0 .                   script -qec true /dev/null >/dev/null 2>&1 || exit 0; TERM=xterm script -qec 'mrse assess input/case-met.yaml' /dev/null | grep -q "$(printf '\033')"
P 0 .                   script -qec true /dev/null >/dev/null 2>&1 || exit 0; ! TERM=xterm NO_COLOR=1 script -qec 'mrse assess input/case-met.yaml' /dev/null | grep -q "$(printf '\033')"
P 0 .                   script -qec true /dev/null >/dev/null 2>&1 || exit 0; ! TERM=dumb script -qec 'mrse assess input/case-met.yaml' /dev/null | grep -q "$(printf '\033')"
P 0 .                   $DROP mrse worksheet input/case-met.yaml -o out/dropped && mrse verify out/dropped
P 0 .                   mrse selftest --date 2026-11-22 >/dev/null 2>&1 </dev/null

# survey: points of a room against the field model
P 0 help-survey.txt     mrse survey --help
P 0 survey.txt          mrse survey scanners/reference-m15.yaml input/survey-m15.csv --date 2026-11-22
P 0 .                   mrse survey scanners/reference-m15.yaml input/survey-m15.csv --json | grep -q '"verdict": "NOT MET"'
P 0 .                   mrse survey scanners/reference-m15.yaml input/survey-m15.csv -o out/survey --author A && test -s out/survey/record.json -a -s out/survey/survey.txt -a -s out/survey/figures/1-survey.png
P 0 .                   mrse survey scanners/reference-m15.yaml input/survey-m15.csv -o out/survey --force --date 2026-11-22
P 0 .                   grep -v '^# instrument' input/survey-m15.csv >out/who.csv && mrse survey scanners/reference-m15.yaml out/who.csv >out/who.txt 2>out/who.err && grep -q PROVISIONAL out/who.txt && ! grep -q ' MET' out/who.txt && grep -q unverified out/who.err
P 0 .                   sed 's/,/;/4;s/,/;/3;s/,/;/2;s/,/;/1' input/survey-m15.csv | sed 's/^\(# [a-z]*:.*\);/\1,/' >out/semicolon.csv && sed -n '/^name/,$p' out/semicolon.csv | grep -q ';' && mrse survey scanners/reference-m15.yaml out/semicolon.csv >out/semicolon.txt
P 0 .                   mrse methods survey-alignment | grep -q Chauvenet

# sequence
P 0 sequence.txt        mrse sequence examples/sequence/gre.seq --coil xrm --date 2026-11-22
P 0 sequence.json       mrse sequence examples/sequence/gre.seq --date 2026-11-22 --json | sed '/"version": "0/d; /"commit"/d'
P 0 sequence-ptx.txt    mrse sequence input/ptx.seq --date 2026-11-22
P 0 sequence-pair.txt   mrse sequence examples/tse-b1rms/before.yaml examples/tse-b1rms/after.yaml --date 2026-11-22
P 0 sequence-place.txt  mrse sequence examples/dwi-dbdt/before.yaml examples/dwi-dbdt/after.yaml --scanner scanners/example-data-sheet.yaml --at "3 cm, 3 cm, 0.17 m" --u "1 cm" --date 2026-11-22
P 0 .                   mrse sequence examples/dicom/tse-180.dcm examples/dicom/tse-120.dcm --same-exam --json --date 2026-11-22 | grep -c tse-1 | grep -qx 0
P 0 .                   mrse worksheet examples/tse-b1rms/case.yaml -o out/tse --date 2026-11-22 >out/t && mrse verify out/tse >out/t
N 64 .                  mrse sequence examples/dwi-dbdt/before.yaml --at "3 cm, 3 cm, 0.17 m"
N 64 .                  mrse sequence examples/dwi-dbdt/before.yaml --at "3, 3, 0" --u "1 cm" --scanner scanners/example-data-sheet.yaml
P 0 .                   mrse sequence input/ptx.seq --json | grep -q '"b1_rms_T": null'
P 0 .                   sed 's/^major 1/& /' examples/sequence/gre.seq >out/changed.seq && mrse sequence out/changed.seq 2>&1 | grep -q 'DOES NOT HOLD'
P 0 .                   mrse sequence examples/sequence/gre.seq --gamma codata --json | grep -q '"gamma_Hz_T": 42577478.5'
P 0 sequence-explain.txt mrse sequence examples/tse-b1rms/before.yaml examples/tse-b1rms/after.yaml --explain --date 2026-11-22 | sed -n '/^Steps/,/^Methods, and/p'
P 0 sequence-explain-place.txt mrse sequence examples/dwi-dbdt/before.yaml examples/dwi-dbdt/after.yaml --scanner scanners/example-data-sheet.yaml --at "3 cm, 3 cm, 0.17 m" --u "1 cm" --explain --date 2026-11-22 | sed -n '/^Steps/,/^Methods, and/p'
P 0 sequence-explain-played.txt mrse sequence examples/sequence/gre.seq --coil xrm --explain --date 2026-11-22 | sed -n '/^Steps/,/^Methods, and/p'
P 0 sequence-explain-reported.txt mrse sequence examples/dbs/stir.yaml --explain --date 2026-11-22 | sed -n '/^Steps/,/^Methods, and/p'
P 0 .                   for f in examples/*/before.yaml examples/*/after.yaml examples/dbs/[lst]*.yaml examples/dicom/*.dcm examples/sequence/*.seq; do mrse sequence $f --explain >out/e && grep -q '^Step [0-9]*: ' out/e && grep -q '^What could not be worked out' out/e && grep -q ': missing: ' out/e || exit 1; done
P 0 .                   for f in examples/tse-b1rms examples/dwi-dbdt; do mrse sequence $f/before.yaml $f/after.yaml --explain | sed -n '/^Steps/,$p' >out/e; test -s out/e && ! LC_ALL=C.UTF-8 grep -E '^.{101}' out/e || exit 1; done
P 0 .                   mrse sequence examples/tse-b1rms/before.yaml examples/tse-b1rms/after.yaml --json | grep -q '"unit": "µT² s"'
P 0 .                   mrse assess examples/tse-b1rms/case.yaml --explain --date 2026-11-22 | grep -q '^- Numbers put in: 3.28 µT × 1.9134004 µT / 3.2773784 µT = 1.9149 µT$'
P 0 .                   mrse sequence - <examples/sequence/gre.seq | grep -q '0.28649 µT'
P 0 .                   mrse sequence examples/tse-b1rms/before.yaml examples/tse-b1rms/after.yaml | grep -q '1.910 µT  0.5823'
P 0 .                   for s in before after; do sed '/^exam:/d; /sar_whole_body: 0.55/d' examples/tse-b1rms/$s.yaml >out/$s.yaml; done; mrse sequence out/before.yaml out/after.yaml | grep -q 'MET (ON ASSUMPTION)' && ! mrse sequence out/before.yaml out/after.yaml --same-exam | grep -q 'ON ASSUMPTION'
P 0 .                   sed "s#\.\./\.\./scanners#$TOP/scanners#; s#before.yaml#$TOP/examples/dicom/tse-180.dcm#; s#after.yaml#$TOP/examples/dicom/tse-120.dcm#" examples/tse-b1rms/case.yaml >out/image.yaml && mrse worksheet out/image.yaml -o out/image --force --date 2026-11-22 2>out/image.err && test $(grep -c 'name of the image file' out/image.err) = 2 && ! ls out/image/inputs | grep -q dcm && ! mrse verify out/image >out/image.txt && grep -q 'cannot compare' out/image.txt

# dicom: headers; files are made by make-dicom.sh, and no name of theirs comes out
P 0 dicom.txt           mrse dicom examples/dicom/tse-180.dcm
P 0 dicom-two.txt       mrse dicom examples/dicom/tse-180.dcm examples/dicom/tse-120.dcm
P 0 dicom-two.json      mrse dicom examples/dicom/tse-180.dcm examples/dicom/tse-120.dcm --json
P 0 .                   ! mrse dicom examples/dicom/tse-180.dcm | grep -Eq '70 kg|invented'
P 0 .                   mrse dicom examples/dicom/tse-180.dcm --all | grep -q 'invented example'
P 0 .                   mrse dicom examples/dicom/tse-180.dcm -a --json | grep -q '"text": "70"'
P 0 dicom-traps.txt     "$TOP/tests/cli/make-dicom.sh" <input/traps.dicom >out/Planted_Name.dcm && mrse dicom out/Planted_Name.dcm
P 0 dicom-traps.json    mrse dicom out/Planted_Name.dcm --json --all
P 0 .                   ! mrse dicom out/Planted_Name.dcm out/Planted_Name.dcm --all --json | grep -qi planted
P 0 dicom-cut.txt       head -c 300 examples/dicom/tse-180.dcm >out/cut.dcm; mrse dicom out/cut.dcm 2>out/cut.err && grep -q 'warning: the header is damaged at byte' out/cut.err
P 0 .                   { cat examples/dicom/tse-180.dcm; printf '\340\177\020\000OW\000\000\000\000\020\000'; } >out/pixels.dcm; mrse dicom out/pixels.dcm 2>&1 | grep -c damaged | grep -qx 0

# identifiers of patients
P 0 .                   mrse worksheet input/case-identifier.yaml -o out/reviewed --reviewed 'invented for the tests' && grep -q '"reviewed": "invented for the tests"' out/reviewed/worksheet.json && mrse verify out/reviewed

# portfolio: what is missing is named
P 0 portfolio.txt       mrse portfolio examples/portfolio --date 2026-11-22
P 0 .                   mrse portfolio examples/portfolio --date 2026-11-22 --json | grep -q '"rule": "sub-categories"'
P 0 .                   mrse check examples/portfolio/portfolio.yaml

# the working
P 0 explain-units.txt   mrse units "720 G/cm" T/m --explain
P 2 explain-assess.txt  mrse assess examples/cochlear-implant/case.yaml --date 2026-11-22 --explain
P 0 .                   mrse field scanners/reference-m15.yaml --explain >out/e && grep -q cylinder-maximum out/e
P 0 .                   mrse survey scanners/reference-m15.yaml examples/acceptance/points.csv --explain | grep -q 'survey-alignment'
P 0 .                   mrse modify examples/tse-b1rms/before.yaml --limit "B1+rms <= 2.0 uT" --keep TR,TE,ETL,averages,bandwidth,rf-duration --explain | grep -q "Step 2: against 'B1+rms <= 2.0 uT'"

# modifications that meet a limit
P 0 modify.txt          mrse modify examples/tse-b1rms/before.yaml --limit "B1+rms <= 2.0 uT" --keep TE,averages,bandwidth,rf-duration --range "ETL 19 to 19"
P 0 modify-none.txt     mrse modify examples/tse-b1rms/before.yaml --limit "B1+rms <= 2.0 uT" --keep TR,TE,ETL,refocusing,slices,concatenations,rf-duration,bandwidth,averages
P 0 modify-dwi.txt      mrse modify examples/dwi-dbdt/before.yaml --limit "slew <= 70 T/m/s" --limit "scan time <= 3 min"
P 0 .                   for m in '' --json; do mrse modify examples/tse-b1rms/before.yaml --limit "dB/dt <= 80 T/s" --scanner scanners/example-data-sheet.yaml --keep TR,TE,ETL,averages,bandwidth,rf-duration $m | grep -q 'dB/dt: the sequence file lists no gradient lobes' || exit 1; done
P 0 .                   mrse modify examples/tse-b1rms/before.yaml --limit "B1+rms < 2 uT" --json | grep -q '"verdict": "MET"'

# two revisions of a label, and what rests on the first
P 0 diff.txt            sed 's/2.5 T.m/3 T\/m/' examples/cochlear-implant/label.yaml >out/new.yaml && mrse check --diff examples/cochlear-implant/label.yaml out/new.yaml
P 0 .                   mrse worksheet examples/cochlear-implant/case.yaml -o out/past/one && mrse check --diff examples/cochlear-implant/label.yaml input/label-met.yaml --records out/past | grep -q '1 of 1 in out/past'
P 0 .                   mrse check --diff scanners/reference-m15.yaml scanners/reference-m15.yaml | grep -q 'nothing differs'
P 0 .                   mrse check --diff input/label-met.yaml input/label-not-met.yaml --json | grep -q '"schema": "mrse/diff/1"'

# objects without a label: no verdict, the question to ask, refusals
P 0 object.txt          mrse object examples/dermal-piercing/object.yaml --scanner scanners/reference-m15.yaml --path "12 cm, 0 cm" --dbdt "20 T/s" --frequency "1 kHz" --duration "10 min" --bandwidth "200 Hz" --date 2026-11-22
P 0 .                   mrse object examples/airgun-pellet/object.yaml --scanner scanners/reference-m15.yaml --path "9 cm, 20 cm" --json --date 2026-11-22 | grep -q '"dominant": "material"'
P 0 object-sequence.txt mrse object examples/airgun-pellet/object.yaml --scanner scanners/example-data-sheet.yaml --path "8 cm, -10 cm" --path "2 cm, 60 cm" --path "44 cm, 0 cm" --sequence examples/dwi-dbdt/after.yaml --date 2026-11-22
P 0 object-explain.txt  mrse object examples/aneurysm-clip/object.yaml --scanner scanners/reference-m15.yaml --path "6 cm, 0 cm" --explain --date 2026-11-22 | sed -n '/^Steps/,/^Methods, and/p'
P 65 .                  mrse object examples/airgun-pellet/object.yaml --scanner scanners/reference-m15.yaml --path "9 cm, 20 cm" --sequence examples/airgun-pellet/object.yaml
P 64 object-usage.txt   mrse object examples/airgun-pellet/object.yaml --scanner scanners/reference-m15.yaml
P 65 object-covers.txt  mrse object examples/airgun-pellet/object.yaml --scanner scanners/reference-m15.yaml --path "50 cm, 0 cm"
