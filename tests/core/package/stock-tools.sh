#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Opens a package of each suite with nothing but openssl, tar and coreutils, by running the very commands that its
# README.txt prints, and compares every byte. FORMAT.md's reader chapter must state the same commands.
#   stock-tools.sh PACKAGE-TOOL FORMAT.md FIXTURES
set -eu
export LC_ALL=C.UTF-8 # what tools say is compared
tool=$1 format=$2 fixtures=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

fail () { echo "stock-tools: $*" >&2; exit 1; }

# The commands of a README: its lines indented by three blanks that begin with an ASCII letter.
commands () { LC_ALL=C sed -n 's/^   \([A-Za-z].*\)$/\1/p' "$1"; }

# open_by FOLDER NAME: runs the commands of FOLDER's package in a new folder NAME; the rest edits them (sed).
open_by () {
  from=$1 name=$2; shift 2
  mkdir "$work/$name"
  tar xf "$from/package.zcp" -C "$work/$name" README.txt
  commands "$work/$name/README.txt" | sed -e "s|tar xf [^ ]*\.zcp|tar xf '$from/package.zcp'|" \
    -e "s|-inkey office.key|-inkey '$from/office.key'|" "$@" > "$work/$name.sh"
  [ "$(wc -l < "$work/$name.sh")" -eq 10 ] || fail "$name: README.txt does not have ten commands"
  (cd "$work/$name" && sh -eu "$work/$name.sh" > "$work/$name.out") || fail "$name: a command failed"
  for file in $(cd "$from/plain" && find . -type f); do
    cmp "$from/plain/$file" "$work/$name/$file" || fail "$name: $file differs"
  done
  # What a cmp, or cksum --check, would have to say stands on stdout; all that is right is "OK" and the seal code.
  lines=$(cd "$from/plain" && find . -type f | wc -l)
  [ "$(grep -c ': OK$' "$work/$name.out")" -eq $((2 * lines)) ] || fail "$name: cksum did not check every file twice"
  grep -q '^\([0-9]\{6\} \)\{8\}$' "$work/$name.out" || fail "$name: no seal code"
}

for suite in gm-1 intl-1; do
  "$tool" sample "$suite" "$work/$suite"
  open_by "$work/$suite" "$suite-key"
  case $suite in gm-1) lock=sm2 ;; *) lock=rsa ;; esac
  open_by "$work/$suite" "$suite-passphrase" -e "s|-inkey [^ ]*|-inkey lock-02.key -passin 'file:$work/$suite/passphrase'|" \
    -e "s|lock-01.$lock|lock-02.$lock|"
  open_by "$fixtures/$suite" "$suite-vector"
  "$tool" open "$fixtures/$suite/office.key" "$fixtures/$suite/package.zcp" "$work/$suite-opened"
  rm "$work/$suite-opened/manifest.txt"
  diff -r "$fixtures/$suite/plain" "$work/$suite-opened" || fail "$suite: the vector opens to something else"

  # Each command stands in FORMAT.md, too.
  commands "$work/$suite-key/README.txt" | tail -n +2 | while IFS= read -r line; do
    grep -qF -- "$line" "$format" || fail "FORMAT.md lacks: $line"
  done

  # An altered chunk is noticed by the commands: the third cmp speaks. The byte is written anew as another one, whatever
  # it is: a fixed one would be the right one in one package of 256.
  cp -r "$work/$suite" "$work/$suite-altered"
  byte=$(od -An -tu1 -j 12000 -N 1 "$work/$suite/package.zcp")
  # shellcheck disable=SC2059 # the format is the byte in octal
  printf "\\$(printf '%03o' $((byte ^ 1)))" |
    dd of="$work/$suite-altered/package.zcp" bs=1 seek=12000 conv=notrunc 2>/dev/null
  if (open_by "$work/$suite-altered" "$suite-refused") > /dev/null 2>&1; then fail "$suite: an altered package was opened"; fi
done
