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
[ -n "$prefix" ] || { [ -n "${XDG_DATA_HOME:-}" ] && prefix=$XDG_DATA_HOME/taskbound; } ||
  { [ -n "$home" ] && prefix=$home/.local/share/taskbound; } ||
  die "there is no home folder to install to" "Name folders with --prefix and --bin-dir."
[ -n "$bin" ] || { [ -n "$home" ] && bin=$home/.local/bin; } ||
  die "there is no home folder for the link" "Name a folder with --bin-dir."

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
  download() { curl --fail --silent --show-error --location --proto "=$protocol" --retry 2 --connect-timeout 15 --max-time 600 --output "$2" "$1"; }
elif command -v wget >/dev/null 2>&1; then
  download() { wget -q -T 60 -O "$2" "$1"; }
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
if [ -e "$bin/taskbound" ] && [ ! -L "$bin/taskbound" ]; then
  die "$bin/taskbound is a file that this script did not make; nothing was changed" "Remove it, or name another folder with --bin-dir."
fi

# On the same file system as its place, so that it gets there in one move.
work=$(mktemp -d "$prefix/.install.XXXXXX") || die "$prefix cannot be written" "Name another folder with --prefix."
tidy() { rm -rf "$work"; }
trap tidy EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

fetch() {
  download "$from/$1" "$work/$1" || die "$from/$1 could not be downloaded; nothing was changed" \
    "Check version, network and proxy (https_proxy); --from names a mirror."
}

if [ -z "$sha256" ]; then
  fetch SHA256SUMS
  fetch SHA256SUMS.asc
  # A keyring of its own: no key that the user trusts otherwise counts, and nothing is left behind.
  mkdir -m 700 "$work/gnupg"
  if [ -n "$key" ]; then
    gpg --homedir "$work/gnupg" --batch --quiet --import "$key" 2>/dev/null || die "$key is not a public key"
  else
    printf '%s\n' "$tb_release_key" | gpg --homedir "$work/gnupg" --batch --quiet --import 2>/dev/null ||
      die "the key in this script is damaged"
  fi
  gpg --homedir "$work/gnupg" --batch --quiet --verify "$work/SHA256SUMS.asc" "$work/SHA256SUMS" 2>"$work/gpg.log" || {
    cat "$work/gpg.log" >&2
    die "SHA256SUMS is not signed by that key; nothing was changed" \
      "Do not use these files. Tell us if they come from our release page: SECURITY.md."
  }
  gpgconf --homedir "$work/gnupg" --kill all >/dev/null 2>&1 || :
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
tar xf "$work/$archive" -C "$work/unpacked" || die "$archive cannot be unpacked; nothing was changed" "Is there room in $prefix?"
program=$work/unpacked/taskbound-$version/bin/taskbound
[ -x "$program" ] || die "$archive does not hold taskbound-$version/bin/taskbound; nothing was changed"
"$program" --version >/dev/null 2>"$work/start.log" || {
  cat "$work/start.log" >&2
  die "the program does not start on this system; nothing was changed" "Use the jar of the release with a Java of your own: docs/install.md."
}

# The same version again: the old folder goes aside first, and comes back if the new one cannot take its place.
place=$prefix/$version
if [ -e "$place" ]; then
  mv "$place" "$work/before"
fi
mv "$work/unpacked/taskbound-$version" "$place" || {
  [ ! -e "$work/before" ] || mv "$work/before" "$place"
  die "$place could not be put in place; nothing was changed"
}
ln -s "$place/bin/taskbound" "$work/link"
# In one step: whoever starts it meanwhile starts the old one or the new one.
mv -f "$work/link" "$bin/taskbound"

say "installed: $("$bin/taskbound" --version)"
say "link: $bin/taskbound; to remove it: rm -r \"$place\" \"$bin/taskbound\""
case :${PATH:-}: in
  *":$bin:"*) ;;
  *) say "$bin is not on your PATH: add it, such as with  export PATH=\"$bin:\$PATH\"" ;;
esac
