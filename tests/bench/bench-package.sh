#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Packs and opens the same bytes by both suites and by other programs, all in one run and on one file system (in memory unless
# ZICHA_BENCH_DIR says otherwise): once one file, once a folder of 200 as an inspection has them (photos, PDFs, a few large
# ones). Wall and CPU seconds and peak memory, medians over rounds in which each program has its turn, and what was aimed at.
# Ours syncs what it wrote before it calls itself done; so that the result is the same, the others are followed by sync.
# Programs that know no folders get it through tar. Everything was just written, so it is read from the cache.
#   bench-package.sh PACKAGE-TOOL [MIB [ROUNDS]]
set -eu
tool=$1 mib=${2:-1024} rounds=${3:-3}
base=${ZICHA_BENCH_DIR:-/dev/shm}
work=$(mktemp -d "$base/zicha-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work"
mkdir one many
head -c "${mib}M" /dev/urandom > one/evidence
# 140 photos, 50 PDFs, 10 large ones: of 2048 parts 3 each, 2 each, and the rest.
i=0 at=0 part=$((mib * 512))
while [ $i -lt 200 ]; do
  if [ $i -ge 190 ]; then n=$(((2048 - 140 * 3 - 50 * 2) / 10)); elif [ $i -ge 140 ]; then n=2; else n=3; fi
  if [ $i -eq 199 ]; then n=$((2048 - at)); fi
  dd if=one/evidence of="many/$(printf %04d $i).jpg" bs=$part skip=$at count=$n 2> /dev/null
  i=$((i + 1)) at=$((at + n))
done
"$tool" sums one/* many/*
for suite in gm-1 intl-1; do "$tool" keygen $suite $suite; done
openssl req -x509 -newkey rsa:3072 -nodes -keyout rsa.key -out rsa.crt -subj /CN=x 2> /dev/null
printf 'correct horse battery staple' > phrase
if command -v age > /dev/null; then age-keygen -o age.key 2> age.pub; fi
export GNUPGHOME="$work/gnupg"; mkdir -m 700 gnupg

# run NAME WAY COMMAND: once, into the file "results.INPUT".
run () {
  name=$1 way=$2
  if /usr/bin/time -f '%e %U %S %M' -o time sh -c "$3" > /dev/null 2> log; then
    tail -n 1 time | awk -v name="$name" -v way="$way" '{ print name "\t" way "\t" $1 "\t" $2 + $3 "\t" $4 / 1024 }' >> "results.$input"
  else
    echo "$name $way failed:"; cat log
  fi
}

# both NAME PACK OPEN: packs, keeps that, opens into the folder out.d.
both () {
  rm -rf out out.*
  run "$1" pack "$2"
  [ ! -e out ] || mv out packed
  run "$1" open "$3"
  if [ "$(cat out.d/* out.d/*/* 2> /dev/null | wc -c)" -lt $((mib * 1048576)) ]; then echo "$1 did not give back all of it"; fi
  rm -rf out out.* packed
}
ours () { both "$1" "'$tool' pack $1 $1/office.crt out $input/*" "'$tool' open $1/office.key packed out.d"; }
# piped NAME ENCRYPT DECRYPT: both take standard input to standard output.
piped () {
  if [ "$input" = one ]; then
    both "$1" "$2 < one/evidence > out && sync out" "mkdir out.d; $3 < packed > out.d/evidence && sync out.d/evidence"
  else
    both "$1" "tar cf - $input | $2 > out && sync out" "mkdir out.d; $3 < packed | tar xf - -C out.d && sync -f out.d"
  fi
}

one_round () {
  kdf="-pbkdf2 -iter 600000 -pass file:phrase"
  gpg="gpg --batch --pinentry-mode loopback --passphrase-file phrase"
  ours gm-1
  piped "openssl enc -sm4-ctr" "openssl enc -sm4-ctr $kdf" "openssl enc -d -sm4-ctr $kdf"
  ours intl-1
  if [ -f age.key ]; then piped age "age -r $(sed -n 's/^Public key: //p' age.pub)" "age -d -i age.key"; fi
  if command -v 7z > /dev/null; then
    both 7z "7z a -mhe=on -pcorrect-horse -mx0 out.7z $input/* && mv out.7z out && sync out" \
      "7z x -pcorrect-horse -oout.d packed && sync -f out.d"
  fi
  if command -v gpg > /dev/null; then piped gpg "$gpg --cipher-algo AES256 -z 0 --symmetric" "$gpg --decrypt"; fi
  piped "openssl cms aes-256-gcm" "openssl cms -encrypt -binary -stream -outform DER -aes-256-gcm -recip rsa.crt" \
    "openssl cms -decrypt -binary -inform DER -inkey rsa.key"
  piped "openssl enc -aes-256-ctr" "openssl enc -aes-256-ctr $kdf" "openssl enc -d -aes-256-ctr $kdf"
}

tables () {
  echo; echo "$mib MiB, $1: median of $rounds, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
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
      way = w == 1 ? "pack" : "open"; sm4 = "openssl enc -sm4-ctr"
      goal("gm-1", way, sm4, "wall", 4); goal("gm-1", way, sm4, "CPU", 2.5)
      goal("intl-1", way, "age", "wall", 1); goal("intl-1", way, "age", "CPU")
      goal("intl-1", way, "7z", "wall", 1); goal("intl-1", way, "7z", "CPU")
      goal("intl-1", way, "gpg", "wall"); goal("intl-1", way, "openssl cms aes-256-gcm", "wall")
      goal("intl-1", way, "openssl enc -aes-256-ctr", "wall")
      for (s = 1; s <= 2; s++) { suite = s == 1 ? "gm-1" : "intl-1"; key = suite SUBSEP way
        if (key in mem) printf "%-6s %-4s peak %.0f MiB   aim below 64: %s\n", suite, way, median(mem[key]), (median(mem[key]) < 64 ? "met" : "not met") }
    } }' "results.$input"
}

for input in one many; do
  for _ in $(seq "$rounds"); do one_round; done
done
input=one
tables 'one file'
input=many
tables '200 files'

