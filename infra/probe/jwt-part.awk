# SPDX-License-Identifier: Apache-2.0
# Prints part 1 (header) or 2 (claims) of a JWT on stdin, decoded from base64url: awk -v part=1 -f jwt-part.awk
{
  split($0, parts, ".")
  alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  # Not every awk knows powers: over is 2 to the number of bits that wait for the next octet.
  bits = 0
  over = 1
  for (i = 1; i <= length(parts[part]); i++) {
    digit = index(alphabet, substr(parts[part], i, 1)) - 1
    if (digit < 0) exit 1
    bits = bits * 64 + digit
    over *= 64
    if (over >= 256) {
      over /= 256
      octet = int(bits / over)
      bits -= octet * over
      printf "%c", octet
    }
  }
}
