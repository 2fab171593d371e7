#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the command line `taskbound` of a release for this user: verifies it, puts it beside older versions, and points a
# link at it. Needs no root.
#
# usage: install.sh --version V (--sha256 HEX | --key FILE) [--from URL] [--prefix DIR] [--bin-dir DIR]
#   --version V    such as 0.1.0
#   --sha256 HEX   the archive's SHA-256, which you have from elsewhere: for CI, where the script is pinned with it
#   --key FILE     the public key that has signed SHA256SUMS (needs gpg); a released script has the release's own inside
#   --from URL     where the files of the release are (default: the release page of github.com/taskbound/taskbound)
#   --prefix DIR   where versions are unpacked (default: ~/.local/share/taskbound, or $XDG_DATA_HOME/taskbound)
#   --bin-dir DIR  where the link goes (default: ~/.local/bin)
# Exit codes: 0 installed, 1 refused or failed and nothing changed, 2 called wrongly.
set -eu

# The release puts its public key here. Without it, --key or --sha256 says what to trust.
tb_release_key=''

say() { printf '%s\n' "install.sh: $*" >&2; }
die() { say "$1"; [ $# -lt 2 ] || say "$2"; exit 1; }
# As a word of the shell.
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }
misused() { say "$1"; say "See: sh install.sh --help"; exit 2; }

usage() { sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,/^Exit codes/p'; }

version='' sha256='' key='' from='' prefix='' bin=''
value() {
  if [ $# -lt 2 ] || [ -z "$2" ]; then misused "$1 needs a value"; fi
  printf '%s' "$2"
}
while [ $# -gt 0 ]; do
  case $1 in
    --version) version=$(value "$@") || exit 2; shift ;;
    --sha256) sha256=$(value "$@") || exit 2; shift ;;
    --key) key=$(value "$@") || exit 2; shift ;;
    --from) from=$(value "$@") || exit 2; shift ;;
    --prefix) prefix=$(value "$@") || exit 2; shift ;;
    --bin-dir) bin=$(value "$@") || exit 2; shift ;;
    -h | --help) usage; exit 0 ;;
    *) misused "there is no option $1" ;;
  esac
  shift
done

# It becomes a part of names of files and addresses.
case $version in
  '') misused "--version is needed, such as 0.1.0" ;;
  *[!A-Za-z0-9.-]* | -* | .*) misused "$version is not a version, such as 0.1.0" ;;
esac
case $sha256 in
  *[!0-9a-fA-F]*) misused "--sha256 takes 64 hexadecimal digits" ;;
  '' | ????????????????????????????????????????????????????????????????) ;;
  *) misused "--sha256 takes 64 hexadecimal digits" ;;
esac
sha256=$(printf '%s' "$sha256" | tr 'A-F' 'a-f')
[ -z "$key" ] || [ -r "$key" ] || die "the key $key cannot be read"
from=${from:-https://github.com/taskbound/taskbound/releases/download/v$version}
from=${from%/}
case $from in
  https://?*) protocol=https ;;
  http://127.0.0.1 | http://127.0.0.1[:/]* | http://localhost | http://localhost[:/]*) protocol=http ;;
  *) misused "--from takes an address that begins with https:// (http:// on this machine alone)" ;;
esac
case $from in
  *@*) misused "--from must not hold a user or password" ;;
esac

home=${HOME:-}
# The convention for it passes over a relative one.
case ${XDG_DATA_HOME:-} in /*) data=$XDG_DATA_HOME ;; *) data='' ;; esac
[ -n "$prefix" ] || { [ -n "$data" ] && prefix=$data/taskbound; } ||
  { [ -n "$home" ] && prefix=$home/.local/share/taskbound; } ||
  die "there is no home folder to install to" "Name folders with --prefix and --bin-dir."
[ -n "$bin" ] || { [ -n "$home" ] && bin=$home/.local/bin; } ||
  die "there is no home folder for the link" "Name a folder with --bin-dir."
# The link has to lead there from wherever it lies.
absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }
prefix=$(absolute "$prefix") bin=$(absolute "$bin")

if [ -z "$sha256" ] && [ -z "$key" ] && [ -z "$tb_release_key" ]; then
  die "nothing says which files are genuine: this script is not that of a release, and has no key" \
    "Give the archive's SHA-256 with --sha256, or the public key with --key."
fi
if [ -z "$sha256" ] && ! command -v gpg >/dev/null 2>&1; then
  die "gpg is needed to verify the signature of SHA256SUMS, and is not here" \
    "Install it, or give the archive's SHA-256 with --sha256."
fi

case $(uname -s) in
  Linux) os=linux ;;
  Darwin) os=macos ;;
  *) die "there is no archive for $(uname -s)" "Use the jar of the release with a Java of your own: docs/install.md." ;;
esac
case $(uname -m) in
  x86_64 | amd64) machine=x86_64 ;;
  aarch64 | arm64) machine=aarch64 ;;
  *) die "there is no archive for $(uname -m)" "Use the jar of the release with a Java of your own: docs/install.md." ;;
esac
if [ "$os" = linux ] && ! (ldd --version 2>&1 || :) | grep -qi 'glibc\|gnu libc'; then
  say "warning: this does not look like a system with glibc, which the archive's Java needs"
fi
archive=taskbound-$version-$os-$machine.tar.gz

if command -v sha256sum >/dev/null 2>&1; then
  digest() { sha256sum "$1" | cut -d ' ' -f 1; }
elif command -v shasum >/dev/null 2>&1; then
  digest() { shasum -a 256 "$1" | cut -d ' ' -f 1; }
else
  die "neither sha256sum nor shasum is here, so that nothing can be verified"
fi
if command -v curl >/dev/null 2>&1; then
  # Whatever is not a whole answer is a failure.
  download() { exec curl --fail --silent --show-error --location --proto "=$protocol" --retry 2 --connect-timeout 15 --max-time 600 --output "$2" "$1"; }
elif command -v wget >/dev/null 2>&1; then
  download() { exec wget -q -T 60 -O "$2" "$1"; }
else
  die "neither curl nor wget is here"
fi

umask 022
mkdir -p "$prefix" "$bin" 2>/dev/null || :
if [ ! -d "$prefix" ] || [ ! -w "$prefix" ]; then
  die "$prefix cannot be written" "Name another folder with --prefix."
fi
if [ ! -d "$bin" ] || [ ! -w "$bin" ]; then
  die "$bin cannot be written" "Name another folder with --bin-dir."
fi
if [ -d "$bin/taskbound" ] || { [ -e "$bin/taskbound" ] && [ ! -L "$bin/taskbound" ]; }; then
  die "$bin/taskbound is a file that this script did not make; nothing was changed" "Remove it, or name another folder with --bin-dir."
fi

# On the same file system as its place, so that it gets there in one move.
work=$(mktemp -d "$prefix/.install.XXXXXX") || die "$prefix cannot be written" "Name another folder with --prefix."
place=$prefix/$version lock=$prefix/.lock loader='' ring='' locked=''
tidy() {
  [ -z "$loader" ] || kill "$loader" 2>/dev/null || :
  if [ -e "$work/before" ] && [ ! -e "$place" ]; then
    mv "$work/before" "$place" || :
  fi
  [ -z "$locked" ] || rmdir "$lock" || :
  rm -rf "$work" ${ring:+"$ring"}
}
trap tidy EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

unusable() {
  cat "$work/gpg.log" >&2
  die "$1; nothing was changed"
}

fetch() {
  # Beside us, so that a signal need not wait for it. 200 MB are more than any file of a release has.
  (
    # shellcheck disable=SC3045 # where there is none, the next line's limit may leave a core
    ulimit -c 0 2>/dev/null || :
    ulimit -f 409600 2>/dev/null || : # in units of 512 octets
    download "$from/$1" "$work/$1"
  ) &
  loader=$!
  wait "$loader" || die "$from/$1 could not be downloaded; nothing was changed" \
    "Check version, network and proxy (https_proxy); --from names a mirror."
  loader=''
}

if [ -z "$sha256" ]; then
  fetch SHA256SUMS
  fetch SHA256SUMS.asc
  # A keyring of its own: no key that the user trusts otherwise counts, and nothing is left behind. Not in $prefix, whose path
  # may be too long for the sockets that gpg puts beside it.
  ring=$(mktemp -d) || die "no temporary folder can be made; nothing was changed" "Set TMPDIR to a folder that you may write to."
  keyring() { gpg --homedir "$ring" --batch --quiet "$@"; }
  if [ -n "$key" ]; then
    keyring --import -- "$key" 2>"$work/gpg.log" || unusable "$key is not a public key"
  else
    printf '%s\n' "$tb_release_key" | keyring --import 2>"$work/gpg.log" || unusable "the key in this script is damaged"
  fi
  if ! keyring --status-fd 3 --verify "$work/SHA256SUMS.asc" "$work/SHA256SUMS" 2>"$work/gpg.log" 3>"$work/gpg.status"; then
    cat "$work/gpg.log" >&2
    die "SHA256SUMS is not signed by that key; nothing was changed" \
      "Do not use these files. Tell us if they come from our release page: SECURITY.md."
  fi
  # The exit code is 0 for a revoked or an expired key, too.
  grep -q '^\[GNUPG:] GOODSIG ' "$work/gpg.status" || {
    cat "$work/gpg.log" >&2
    die "SHA256SUMS is signed by a key that is revoked or expired; nothing was changed" \
      "Get install.sh of a newer release, and read there what happened to the key."
  }
  gpgconf --homedir "$ring" --kill all >/dev/null 2>&1 || :
  sha256=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$work/SHA256SUMS")
  case $sha256 in
    ????????????????????????????????????????????????????????????????) ;;
    *) die "SHA256SUMS does not name $archive; nothing was changed" "This release may have no archive for this system." ;;
  esac
fi

say "downloading $from/$archive"
fetch "$archive"
found=$(digest "$work/$archive")
[ "$found" = "$sha256" ] || die "$archive has the SHA-256 $found, and not $sha256; nothing was changed" \
  "The download is incomplete, or not the genuine file: try again, and do not use it."

mkdir "$work/unpacked"
# All is the caller's own, also where root calls it.
tar -x -o -f "$work/$archive" -C "$work/unpacked" || die "$archive cannot be unpacked; nothing was changed" "Is there room in $prefix?"
program=$work/unpacked/taskbound-$version/bin/taskbound
[ -x "$program" ] || die "$archive does not hold taskbound-$version/bin/taskbound; nothing was changed"
"$program" --version >/dev/null 2>"$work/start.log" || {
  cat "$work/start.log" >&2
  die "the program does not start on this system; nothing was changed" "Use the jar of the release with a Java of your own: docs/install.md."
}

# One at a time from here: two that put the same version in place would end up one inside the other.
waited=0
until mkdir "$lock" 2>/dev/null; do
  [ "$waited" -lt 30 ] || die "another install.sh is at work in $prefix; nothing was changed" \
    "If there is none, because it was killed: rmdir $(quoted "$lock")"
  waited=$((waited + 1))
  sleep 1
done
locked=yes
# The same version again: the old folder goes aside first, and comes back if the new one does not take its place.
if [ -e "$place" ]; then
  mv "$place" "$work/before"
fi
mv "$work/unpacked/taskbound-$version" "$place" || die "$place could not be put in place; nothing was changed"
ln -s "$place/bin/taskbound" "$work/link"
# In one step: whoever starts it meanwhile starts the old one or the new one.
mv -f "$work/link" "$bin/taskbound"
installed=$("$bin/taskbound" --version) || die "$bin/taskbound was put in place and does not start"

say "installed: $installed"
say "link: $bin/taskbound; to remove it: rm -r $(quoted "$place") $(quoted "$bin/taskbound")"
case :${PATH:-}: in
  *":$bin:"*) ;;
  *) say "$bin is not on your PATH: add it, such as with  export PATH=$(quoted "$bin"):\"\$PATH\"" ;;
esac
