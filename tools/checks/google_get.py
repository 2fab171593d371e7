# SPDX-License-Identifier: Apache-2.0
"""Gets a URL as a program of Google's customers does: with the credentials that google-auth finds.

usage: google_get.py URL
Prints the status of the answer, or what google-auth says if it gets no access token.
"""
import sys

import google.auth
import google.auth.exceptions
import google.auth.transport.requests

SCOPE = "https://www.googleapis.com/auth/cloud-platform"


def main(url):
    credentials, _ = google.auth.default(scopes=[SCOPE])
    session = google.auth.transport.requests.AuthorizedSession(credentials)
    try:
        print("status", session.get(url, timeout=20).status_code)
    except google.auth.exceptions.GoogleAuthError as refused:
        # Its text quotes the answer of the token service, which has no secret when it refuses.
        print("refused", refused)


main(*sys.argv[1:])
