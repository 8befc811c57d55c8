#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Packs and opens the same bytes by both suites and by other programs, all in one run and on one file system in memory:
# wall and CPU seconds and peak memory, and how many times as fast we are.
#   bench-package.sh PACKAGE-TOOL [MIB]
set -eu
tool=$1 mib=${2:-1024}
base=${ZICHA_BENCH_DIR:-/dev/shm}
work=$(mktemp -d "$base/zicha-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work"
head -c "${mib}M" /dev/urandom > evidence
"$tool" sums evidence
for suite in gm-1 intl-1; do "$tool" keygen $suite $suite; done
openssl req -x509 -newkey rsa:3072 -nodes -keyout rsa.key -out rsa.crt -subj /CN=x 2> /dev/null
printf 'correct horse battery staple' > phrase
if command -v age > /dev/null; then age-keygen -o age.key 2> age.pub; fi
export GNUPGHOME="$work/gnupg"; mkdir -m 700 gnupg

# run NAME COMMAND: the best of three by wall time, into the file "results".
run () {
  name=$1; shift
  for _ in 1 2 3; do
    rm -rf out out.*
    /usr/bin/time -f '%e %U %S %M' -o time sh -c "$*" > /dev/null 2> log || { echo "$name failed:"; cat log; return; }
    tail -n 1 time
  done | LC_ALL=C sort -n | head -n 1 > best
  case $(cat best) in *failed*) cat best; return ;; esac
  awk -v name="$name" -v mib="$mib" '{ cpu = $2 + $3; printf "%-34s %8.2f s %8.2f s CPU %7.0f MiB/s %7.0f MiB\n", name, $1, cpu, mib / $1, $4 / 1024;
    print name "\t" $1 "\t" cpu >> "results" }' best
}

# both NAME PACK OPEN NAME-OF-PACKED: packs, keeps that, opens.
both () {
  run "$1 pack" "$2"
  mv out "packed"
  run "$1 open" "$3"
  rm -rf packed out
}

echo "$mib MiB, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
both gm-1 "'$tool' pack gm-1 gm-1/office.crt out evidence" "'$tool' open gm-1/office.key packed out.d"
both intl-1 "'$tool' pack intl-1 intl-1/office.crt out evidence" "'$tool' open intl-1/office.key packed out.d"
if [ -f age.key ]; then
  both age "age -r $(sed -n 's/^Public key: //p' age.pub) -o out evidence" "age -d -i age.key -o out packed"
fi
if command -v 7z > /dev/null; then
  both 7z "7z a -mhe=on -pcorrect-horse -mx0 out.7z evidence && mv out.7z out" "7z x -pcorrect-horse -oout.d packed"
fi
if command -v gpg > /dev/null; then
  both gpg "gpg --batch --pinentry-mode loopback --passphrase-file phrase --cipher-algo AES256 -z 0 -o out --symmetric evidence" \
    "gpg --batch --pinentry-mode loopback --passphrase-file phrase -o out --decrypt packed"
fi
both "openssl cms aes-256-gcm" "openssl cms -encrypt -binary -stream -outform DER -aes-256-gcm -in evidence -out out -recip rsa.crt" \
  "openssl cms -decrypt -binary -inform DER -in packed -inkey rsa.key -out out"
both "tar | openssl enc -aes-256-ctr" "tar cf - evidence | openssl enc -aes-256-ctr -pbkdf2 -iter 600000 -pass file:phrase -out out" \
  "mkdir out.d; openssl enc -d -aes-256-ctr -pbkdf2 -iter 600000 -pass file:phrase -in packed | tar xf - -C out.d"
both "tar | openssl enc -sm4-ctr" "tar cf - evidence | openssl enc -sm4-ctr -pbkdf2 -iter 600000 -pass file:phrase -out out" \
  "mkdir out.d; openssl enc -d -sm4-ctr -pbkdf2 -iter 600000 -pass file:phrase -in packed | tar xf - -C out.d"

awk -F'\t' '{ wall[$1] = $2; cpu[$1] = $3 }
  function ratio(ours, other) { if (other in wall) printf "%-14s against %-34s %5.2f times by wall, %5.2f by CPU\n", ours, other, wall[other] / wall[ours], cpu[other] / cpu[ours] }
  END { n = split("pack open", way, " ");
    for (i = 1; i <= n; i++) { w = way[i];
      ratio("gm-1 " w, "tar | openssl enc -sm4-ctr " w);
      ratio("intl-1 " w, "age " w); ratio("intl-1 " w, "7z " w); ratio("intl-1 " w, "gpg " w);
      ratio("intl-1 " w, "openssl cms aes-256-gcm " w); ratio("intl-1 " w, "tar | openssl enc -aes-256-ctr " w) } }' results
