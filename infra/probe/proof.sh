# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Requests for a token that must be refused. Each differs in one thing alone from the one that the dry run would grant, so that a
# refusal can have no other reason; and all come before the ID token is used up.

exchange=urn:ietf:params:oauth:grant-type:token-exchange
id_token_type=urn:ietf:params:oauth:token-type:id_token

uuid() {
  od -An -N16 -tx1 /dev/urandom |
    awk '{ gsub(/ /, ""); print substr($0, 1, 8) "-" substr($0, 9, 4) "-4" substr($0, 14, 3) "-8" substr($0, 18, 3) "-" substr($0, 21, 12) }'
}

details() { # details TASK IDENTIFIER
  actions=''
  [ -z "$action" ] || actions=",\"actions\":[\"$action\"]"
  printf '[{"type":"task","task":"%s"%s,"identifier":"%s"}]' "$1" "$actions" "$2" >"$work/details"
}

# exchange PROOF-FILE TXN [CURL-ARGUMENT...]. The lease ends a token whose answer is lost.
exchange() {
  proof=$1
  txn=$2
  shift 2
  post /token --data-urlencode "grant_type=$exchange" --data-urlencode "subject_token_type=$id_token_type" \
    --data-urlencode "subject_token@$proof" --data-urlencode "authorization_details@$work/details" \
    --data-urlencode "txn=$txn" --data lease=60 "$@"
}

check_proofs() {
  details "$task" "$identifier"
  exchange "$id_token" "$(uuid)" --data dry_run=true
  if [ "$status" = 200 ] && [ "$(field would_grant boolean)" = true ] && ! has access_token; then
    pass dry-run 'would be granted'
  else
    fail dry-run "the dry run must be 200 with would_grant, but was $(answer); ask: taskbound policy explain --request-id"
  fi

  # The first character of a signature holds six of its bits, so another one is another signature.
  awk -F . '{ first = substr($3, 1, 1); printf "%s.%s.%s%s", $1, $2, first == "A" ? "B" : "A", substr($3, 2) }' "$id_token" >"$work/forged"
  exchange "$work/forged" "$(uuid)"
  refused forged-signature 400 invalid_request 'an ID token with another signature'

  # {"alg":"none","typ":"JWT"}
  awk -F . '{ printf "%s.%s.", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0", $2 }' "$id_token" >"$work/none"
  exchange "$work/none" "$(uuid)"
  refused alg-none 400 invalid_request 'an ID token without a signature (alg none)'

  if [ -s "$other_id_token" ]; then
    exchange "$other_id_token" "$(uuid)"
    refused wrong-audience 400 invalid_request 'an ID token for another audience'
  else
    skip wrong-audience 'no ID token for another audience: --other-id-token-file or TASKBOUND_OTHER_ID_TOKEN'
  fi

  details "no-such-task" "$identifier"
  exchange "$id_token" "$(uuid)"
  refused unknown-task 400 invalid_authorization_details 'an unknown task'
  unknown=$(field error_description)

  details "$task" "$foreign"
  exchange "$id_token" "$(uuid)"
  if is_refusal 400 invalid_authorization_details && [ "$(field error_description)" = "$unknown" ]; then
    pass foreign-target 'a target that the task does not permit: 400 invalid_authorization_details, in the words for an unknown task'
  else
    fail foreign-target "a target that the task does not permit ($foreign) must be refused in the words for an unknown task, but was $(answer)"
  fi
}
