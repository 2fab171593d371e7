# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# One line a check, and what the whole comes to.

passed=0 failed=0 not_run=0 minted=''

# Foreign text cannot move a cursor or end a JSON string.
printable() { # printable TEXT: leaves it in why
  why=$1
  case $1 in
    *[!\ -~]* | *[\"\\]*) ;;
    *) [ ${#1} -gt 300 ] || return 0 ;;
  esac
  why=$(printf '%s' "$1" | awk '{ gsub(/[^ -~]/, "?"); gsub(/["\\]/, "\047"); printf "%s%s", (NR > 1 ? " " : ""), substr($0, 1, 300) }')
}

line() { # line RESULT WORD NAME WHY
  printable "$4"
  if [ -n "$json" ]; then
    printf '{"check":"%s","result":"%s","why":"%s"}\n' "$3" "$1" "$why"
  else
    printf '%-8s %-22s %s\n' "$2" "$3" "$why"
  fi
}

pass() { # pass NAME WHY
  passed=$((passed + 1))
  line pass PASS "$1" "$2"
}

fail() { # fail NAME WHY
  failed=$((failed + 1))
  line fail FAIL "$1" "$2"
}

skip() { # skip NAME REASON
  not_run=$((not_run + 1))
  line not_run 'NOT RUN' "$1" "$2"
}

conclude() {
  close_what_is_left
  code=0
  [ -n "$minted" ] || code=3
  [ -z "$all" ] || [ "$not_run" -eq 0 ] || code=1
  [ "$failed" -eq 0 ] || code=1
  if [ -n "$json" ]; then
    printf '{"passed":%d,"failed":%d,"not_run":%d,"exit":%d}\n' "$passed" "$failed" "$not_run" "$code"
  else
    printf '\n%d passed, %d failed, %d not run\n' "$passed" "$failed" "$not_run"
    [ "$code" -ne 3 ] || echo 'No token was asked for: there is no ID token. infra/probe/README.md says how to give one.'
  fi
  exit "$code"
}
