#!/bin/sh
# Redeems a task token for signing one artifact and prints the issuer's answer.
# Usage: redeem.sh ARTIFACT TOKEN_FILE JOB [REPEAT]
# JOB is your own id of this work, stored before you ask; REPEAT is "allowed" for a job that you know is not done.
# server.curlrc is readable only by this service and contains one line: user = "signer:<secret>"
set -eu
digest=$(sha256sum "$1" | cut -d ' ' -f 1)
curl --silent --show-error --fail-with-body --config server.curlrc --max-time 20 --retry 2 \
  --data-urlencode "token@$2" \
  --data-urlencode "action=sign" \
  --data-urlencode "identifier=artifact:acme/shop/app.jar@sha256:$digest" \
  --data-urlencode "use_id=$3" \
  --data-urlencode "repeat=${4-}" \
  "$TASKBOUND_ISSUER/redeem"
