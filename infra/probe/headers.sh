# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What must hold for every answer, whatever was asked: noted as they come, told at the end.

note() { # note CHECK WHAT
  [ -s "$work/against.$1" ] || printf '%s %s: %s' "$method" "$path" "$2" >"$work/against.$1"
}

note_headers() {
  case $its_type in
    application/json | application/json\;*) ;;
    application/statuslist+jwt) case $path in /status/*) ;; *) note json-alone "the answer's type is '$its_type'" ;; esac ;;
    *) note json-alone "the answer's type is '$its_type'" ;;
  esac
  [ -z "$its_cors" ] || note no-cors 'a page of any origin may read the answer'
  [ -z "$its_cookie" ] || note no-cookie 'the answer sets a cookie'
  case $path in
    /.well-known/* | /status/*) ;;
    *) case $its_cache in
      *no-store*) ;;
      *) note no-store 'a cache may keep the answer' ;;
    esac ;;
  esac
  [ -z "$has_proof" ] || note no-echo 'the answer repeats the ID token'
}

told() { # told CHECK WORDS
  if [ -s "$work/against.$1" ]; then fail "$1" "$(cat "$work/against.$1")"; else pass "$1" "$2"; fi
}

check_headers() {
  ask OPTIONS /token --header 'Access-Control-Request-Method: POST'
  told no-cors "no answer may be read by a page of another origin, and no preflight is allowed"
  told no-store 'no answer may be kept, but for keys, metadata and status lists'
  told json-alone 'every answer is JSON, but for status lists'
  told no-cookie 'no answer sets a cookie'
  if [ -s "${id_token:-}" ]; then told no-echo 'no answer repeats the ID token'; else skip no-echo "${id_token_trouble:-there is no ID token}"; fi
}
