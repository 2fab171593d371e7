"""Asks the issuer about a task token, and says which HTTP status to answer."""
import hashlib, os, sys
from taskbound_resource_server import ResourceServer, presented

with open(os.environ["TASKBOUND_SECRET_FILE"], encoding="ascii") as file:
    # The second argument is this server's name in the policy.
    server = ResourceServer(os.environ["TASKBOUND_ISSUER"], os.environ["TASKBOUND_SERVER"], file.read())
request = {"method": "POST", "url": "https://signer.acme.example/signatures"}  # what a proof must name


def redeem(headers, received, job):
    """job is our own id of this work, stored before we ask; never an id that the caller sent."""
    identifier = "artifact:acme/shop/app.jar@sha256:" + hashlib.sha256(received).hexdigest()
    return server.redeem(headers, "sign", identifier, use_id=job, **request)


def introspect(headers, action, identifier):
    return server.introspect(headers, action, identifier, **request)


if __name__ == "__main__":
    # In a service: the values of the request's headers Authorization and DPoP, all of them.
    headers = presented(["Bearer " + sys.stdin.read().strip()])
    if sys.argv[1] == "redeem":
        with open(sys.argv[2], "rb") as received:
            print(redeem(headers, received.read(), sys.argv[3]).status)
    else:
        print(introspect(headers, sys.argv[2], sys.argv[3]).status)
