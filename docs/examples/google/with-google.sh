#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command for which Google's libraries and gcloud exchange the step's task token.
# usage: with-google.sh PROVIDER COMMAND...
#   PROVIDER  projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/NAME
set -eu
provider=$1
shift
# It holds no secret: it says where the token is.
file=$(mktemp)
trap 'rm -f "$file"' EXIT
cat >"$file" <<EOF
{
  "type": "external_account",
  "audience": "//iam.googleapis.com/$provider",
  "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
  "token_url": "https://sts.googleapis.com/v1/token",
  "credential_source": {"file": "$TASKBOUND_TOKEN_FILE"}
}
EOF
GOOGLE_APPLICATION_CREDENTIALS=$file CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE=$file "$@"
