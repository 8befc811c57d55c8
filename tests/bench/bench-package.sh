#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Packs and opens the same bytes by both suites and by other programs, all in one run and on one file system in memory:
# wall and CPU seconds and peak memory, medians over rounds in which each program has its turn, and what was aimed at.
#   bench-package.sh PACKAGE-TOOL [MIB [ROUNDS]]
set -eu
tool=$1 mib=${2:-1024} rounds=${3:-3}
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
: > results

# run NAME WAY COMMAND: once, into the file "results".
run () {
  name=$1 way=$2
  if /usr/bin/time -f '%e %U %S %M' -o time sh -c "$3" > /dev/null 2> log; then
    tail -n 1 time | awk -v name="$name" -v way="$way" '{ print name "\t" way "\t" $1 "\t" $2 + $3 "\t" $4 / 1024 }' >> results
  else
    echo "$name $way failed:"; cat log
  fi
}

# both NAME PACK OPEN: packs, keeps that, opens.
both () {
  rm -rf out out.*
  run "$1" pack "$2"
  [ ! -e out ] || mv out packed
  run "$1" open "$3"
  rm -rf out out.* packed
}

echo "$mib MiB, median of $rounds, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
kdf="-pbkdf2 -iter 600000 -pass file:phrase"
for _ in $(seq "$rounds"); do
  both gm-1 "'$tool' pack gm-1 gm-1/office.crt out evidence" "'$tool' open gm-1/office.key packed out.d"
  both "tar | openssl enc -sm4-ctr" "tar cf - evidence | openssl enc -sm4-ctr $kdf -out out" \
    "mkdir out.d; openssl enc -d -sm4-ctr $kdf -in packed | tar xf - -C out.d"
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
  both "tar | openssl enc -aes-256-ctr" "tar cf - evidence | openssl enc -aes-256-ctr $kdf -out out" \
    "mkdir out.d; openssl enc -d -aes-256-ctr $kdf -in packed | tar xf - -C out.d"
done

awk -F'\t' '
  function median(list,    n, i, j, v, t) {
    n = split(list, v, " ")
    for (i = 2; i <= n; i++) { t = v[i]; for (j = i - 1; j >= 1 && v[j] + 0 > t + 0; j--) v[j + 1] = v[j]; v[j + 1] = t }
    return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
  }
  { key = $1 SUBSEP $2; if (!($1 in seen)) { seen[$1] = 1; names[++n_names] = $1 }
    wall[key] = wall[key] " " $3; cpu[key] = cpu[key] " " $4; mem[key] = mem[key] " " $5 }
  function figures(name, way,    key) {
    key = name SUBSEP way
    if (!(key in wall)) return sprintf("%24s", "-")
    return sprintf("%7.2f s %7.2f s %6.0f", median(wall[key]), median(cpu[key]), median(mem[key]))
  }
  function goal(ours, way, other, by, least,    mine, theirs, ratio) {
    mine = ours SUBSEP way; theirs = other SUBSEP way
    if (!(mine in wall) || !(theirs in wall)) return
    ratio = by == "wall" ? median(wall[theirs]) / median(wall[mine]) : median(cpu[theirs]) / median(cpu[mine])
    printf "%-6s %-4s against %-29s by %-4s %6.2f times", ours, way, other, by, ratio
    if (least) printf "   aim %3.1f: %s", least, (ratio >= least ? "met" : "not met")
    printf "\n"
  }
  END {
    printf "\n%-30s %24s    %24s\n%-30s %9s %9s %6s    %9s %9s %6s\n", "", "pack          ", "open          ", "", "wall", "CPU", "MiB", "wall", "CPU", "MiB"
    for (i = 1; i <= n_names; i++) printf "%-30s %s    %s\n", names[i], figures(names[i], "pack"), figures(names[i], "open")
    printf "\n"
    for (w = 1; w <= 2; w++) {
      way = w == 1 ? "pack" : "open"; sm4 = "tar | openssl enc -sm4-ctr"
      goal("gm-1", way, sm4, "wall", 4); goal("gm-1", way, sm4, "CPU", 2.5)
      goal("intl-1", way, "age", "wall", 1); goal("intl-1", way, "age", "CPU")
      goal("intl-1", way, "7z", "wall", 1); goal("intl-1", way, "7z", "CPU")
      goal("intl-1", way, "gpg", "wall"); goal("intl-1", way, "openssl cms aes-256-gcm", "wall")
      goal("intl-1", way, "tar | openssl enc -aes-256-ctr", "wall")
      for (s = 1; s <= 2; s++) { suite = s == 1 ? "gm-1" : "intl-1"; key = suite SUBSEP way
        if (key in mem) printf "%-6s %-4s peak %.0f MiB   aim below 64: %s\n", suite, way, median(mem[key]), (median(mem[key]) < 64 ? "met" : "not met") }
    } }' results
