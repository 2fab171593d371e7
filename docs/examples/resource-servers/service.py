"""A service that serves tickets to whoever has a task token for exactly that ticket."""
import os, re, sys
from wsgiref.simple_server import make_server
from taskbound_resource_server import ResourceServer
from taskbound_resource_server.wsgi import protect, token_of

with open(os.environ["TASKBOUND_SECRET_FILE"], encoding="ascii") as file:
    server = ResourceServer(os.environ["TASKBOUND_ISSUER"], "tickets", file.read())


def to_use(environ):
    """Nothing but this path, without a query; for anything else there is no token."""
    ticket = re.fullmatch("/tickets/([0-9]{1,9})", environ["PATH_INFO"])
    plain = environ["REQUEST_METHOD"] == "GET" and not environ["QUERY_STRING"]
    return ("read", "ticket:" + ticket[1]) if ticket and plain else None


def tickets(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"the ticket, for {token_of(environ).subject}\n".encode()]


def log(verdict, environ):
    print(verdict.reason, getattr(verdict, "operator", None) or "", file=sys.stderr)


guarded = protect(tickets, server, to_use, public_url="https://tickets.acme.example", on_verdict=log)

if __name__ == "__main__":
    with make_server("127.0.0.1", 0, guarded) as service:
        print(service.server_port, flush=True)
        service.serve_forever()
