# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# One request at a time. Whatever is secret goes into files of a folder that nobody else can read, never onto a command line.

# API Gateway gives a function no longer than 30 s.
request_seconds=30
closing_seconds=10
# Of 512 octets, some shells count 1024: more than that is no answer of ours.
most_blocks=256
form='Content-Type: application/x-www-form-urlencoded'
origin='Origin: https://taskbound-probe.invalid'

begin() {
  base=${issuer%/}
  work=$(mktemp -d "${TMPDIR:-/tmp}/taskbound-probe.XXXXXX") || exit 1
  asking='' answers=0 granted=0
  trap leave EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  ends=$(($(date +%s) + limit))
  : >"$work/held"
}

leave() {
  code=$?
  trap '' HUP INT TERM
  trap - EXIT
  [ -z "$asking" ] || kill "$asking" 2>/dev/null
  close_what_is_left
  rm -rf "$work"
  exit "$code"
}

# ask METHOD PATH [CURL-ARGUMENT...]: leaves status, trouble, and the answer in the files head, body and flat.
ask() {
  method=$1
  path=$2
  shift 2
  : >"$work/body"
  : >"$work/head"
  : >"$work/flat"
  its_error='' its_request='' has_token=''
  status=000
  left=$((ends - $(date +%s)))
  if [ "$left" -le 0 ]; then
    trouble="the time is up: --deadline $limit"
    return 1
  fi
  [ "$left" -lt "$request_seconds" ] || left=$request_seconds
  # -q: a .curlrc could switch off what is looked at here. Not in the foreground, so that a signal need not wait for it.
  (ulimit -f "$most_blocks" && exec curl -q --silent --show-error --request "$method" --max-time "$left" --connect-timeout 10 --max-redirs 0 \
    --proto '=http,https' --tlsv1.2 --suppress-connect-headers \
    --header "$origin" --header 'Accept: application/jwk-set+json, application/json' --header 'Expect:' --user-agent taskbound-probe \
    --dump-header "$work/head" --output "$work/body" --write-out '%{http_code}' "$@" "$base$path") \
    >"$work/status" 2>"$work/said" &
  asking=$!
  wait "$asking"
  curl_code=$?
  asking=''
  # Without a line feed at its end, `read` reads it and says that it did not.
  read -r status <"$work/status" || :
  trouble=''
  if [ "$curl_code" -ne 0 ]; then
    status=000
    trouble=$(cat "$work/said")
    trouble=${trouble:-curl ended with $curl_code}
    return 1
  fi
  answers=$((answers + 1))
  awk -f "$here/json.awk" "$work/body" >"$work/flat" 2>/dev/null || : >"$work/flat"
  read_answer
  keep_token
  note_headers
}

post() { # post PATH CURL-ARGUMENT...
  path=$1
  shift
  ask POST "$path" --header "$form" "$@"
}

# field PATH [KIND]: that member of the answer; nothing when it is absent or of another kind.
field() {
  awk -F '\t' -v path="$1" -v kind="${2:-string}" '$1 == path && $2 == kind { print $3 }' "$work/flat"
}

has() { # has PATH [KIND]
  awk -F '\t' -v path="$1" -v kind="${2:-string}" '$1 == path && $2 == kind { found = 1 } END { exit !found }' "$work/flat"
}

# Of the last answer alone: an interim one may stand before it.
header() { # header NAME
  awk -v name="$1" '
    /^HTTP\// { value = "" }
    { sub(/\r$/, ""); at = index($0, ":") }
    at && tolower(substr($0, 1, at - 1)) == name { text = substr($0, at + 1); gsub(/^[ \t]+|[ \t]+$/, "", text)
      value = value (value == "" ? "" : ", ") text }
    END { print tolower(value) }' "$work/head"
}

# What is asked of every answer, by one awk: starting a process is what takes the time here.
read_answer() {
  given=/dev/null
  [ ! -s "${id_token:-}" ] || given=$id_token
  awk '
    part == "head" && /^HTTP\// { split("", value) }
    part == "head" { sub(/\r$/, ""); at = index($0, ":") }
    part == "head" && at { name = tolower(substr($0, 1, at - 1)); text = substr($0, at + 1); gsub(/^[ \t]+|[ \t]+$/, "", text)
      value[name] = value[name] (value[name] == "" ? "" : ", ") text }
    part == "members" && split($0, member, "\t") && member[2] == "string" {
      before = (member[1] in texts) ? texts[member[1]] ", " : ""
      texts[member[1]] = before member[3] }
    part == "proof" { proof = $0 }
    part == "body" && proof != "" && index($0, proof) { echoed = 1 }
    END {
      print tolower(value["content-type"]); print tolower(value["access-control-allow-origin"])
      print tolower(value["set-cookie"]); print tolower(value["cache-control"])
      print texts["error"]; print texts["request_id"]
      print(("access_token" in texts) ? "yes" : ""); print(echoed ? "yes" : "")
    }' part=head "$work/head" part=members "$work/flat" part=proof "$given" part=body "$work/body" >"$work/looked"
  {
    IFS= read -r its_type
    IFS= read -r its_cors
    IFS= read -r its_cookie
    IFS= read -r its_cache
    IFS= read -r its_error
    IFS= read -r its_request
    IFS= read -r has_token
    IFS= read -r has_proof
  } <"$work/looked"
}

# What came back, for a person: never a token, since only an error's code and request id are shown.
answer() {
  if [ "$status" = 000 ]; then
    printf 'no answer (%s)' "$trouble"
  elif [ ! -s "$work/flat" ]; then
    printf '%s, and it is not JSON' "$status"
  elif has error; then
    printf '%s %s, request %s' "$status" "$(field error)" "$(field request_id)"
  else
    printf '%s without an error' "$status"
  fi
}

is_refusal() { # is_refusal STATUS ERROR
  [ "$status" = "$1" ] && [ "$its_error" = "$2" ] && [ -n "$its_request" ] && [ -z "$has_token" ]
}

refused() { # refused NAME STATUS ERROR WHAT
  if is_refusal "$2" "$3"; then
    pass "$1" "$4: $2 $3"
  else
    fail "$1" "$4 must be $2 $3, but was $(answer)"
  fi
}

# A token that should not have been granted is closed at the end like the one that should.
keep_token() {
  [ -n "$has_token" ] || return 0
  granted=$((granted + 1))
  field access_token | awk '{ printf "%s", $0 }' >"$work/token.$granted"
  echo "$granted" >>"$work/held"
}

closed() { # closed NUMBER
  awk -v gone="$1" '$0 != gone' "$work/held" >"$work/held.new"
  mv "$work/held.new" "$work/held"
}

close_what_is_left() {
  [ -s "$work/held" ] || return 0
  # Its own time: what was minted is closed also when all the rest has taken too long.
  ends=$(($(date +%s) + closing_seconds))
  while read -r number; do
    post /revoke --data-urlencode "token@$work/token.$number"
    if [ "$status" = 200 ]; then
      closed "$number"
    else
      fail close-at-the-end "a token that was granted could not be closed: $(answer); it dies with its lease or at its expiry"
    fi
  done <<END
$(cat "$work/held")
END
  : >"$work/held"
}
