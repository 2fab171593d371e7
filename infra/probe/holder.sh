# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The holder's verifier: who asks for a token sends its SHA-256 along, and the verifier itself with each heartbeat, so that a
# copy of the token alone renews nothing (RFC 7636 section 4, method S256).

sha256_hex() { # of standard input
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256
  else
    openssl dgst -sha256 -r
  fi
}

# make_holder: the verifier is in $work/verifier, its challenge in $challenge; empty where nothing here can hash.
make_holder() {
  od -An -v -N32 -tx1 /dev/urandom | awk '{ gsub(/ /, ""); printf "%s", $0 }' >"$work/verifier"
  challenge=$(sha256_hex <"$work/verifier" 2>/dev/null | awk '
    # Three hex digits are two characters of base64url; the last one alone is one.
    BEGIN { alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" }
    function hex(at) { return index("0123456789abcdef", substr($1, at, 1)) - 1 }
    length($1) == 64 {
      for (at = 1; at <= 61; at += 3) {
        bits = (hex(at) * 16 + hex(at + 1)) * 16 + hex(at + 2)
        text = text substr(alphabet, int(bits / 64) + 1, 1) substr(alphabet, bits % 64 + 1, 1)
      }
      print text substr(alphabet, hex(64) * 4 + 1, 1)
    }')
}
