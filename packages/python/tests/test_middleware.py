# SPDX-License-Identifier: Apache-2.0
import asyncio
import re
import socket
import threading
import unittest
from wsgiref.simple_server import WSGIRequestHandler, make_server

from rig import StandIn, answer, vectors

from taskbound_resource_server import Patience, ResourceServer, asgi, wsgi

FILE = vectors("verdicts.json")
PUBLIC = "https://tickets.acme.example/api/"
BEARER = f"Bearer {FILE['token']}"
ALLOWED = answer(200, {**FILE["active_state"], "first_use": True})
BOUND = answer(200, {**FILE["active_state"], "first_use": True, "cnf": {"jkt": "a"}, "dpop_nonce": "next-nonce"})


def use_of(path):
    if path == "/broken":
        raise RuntimeError("the mapping says " + FILE["token"])
    ticket = re.fullmatch(r"/tickets/([0-9]+)", path)
    return ("read", f"ticket:{ticket.group(1)}") if ticket else None


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Both:
    """What a service with a middleware does, whichever it is; ``ask`` sends it a request."""

    def setUp(self):
        self.verdicts = []
        self.done = 0
        self.issuer = StandIn(ALLOWED)
        self.issuer.__enter__()
        self.addCleanup(self.issuer.__exit__)
        server = ResourceServer(self.issuer.url, patience=Patience(attempts=1), **FILE["server"])
        self.start(server, public_url=PUBLIC, on_verdict=lambda verdict, _: self.verdicts.append(verdict.reason))

    def forms(self):
        return [asked["form"] for asked in self.issuer.asked]

    def test_lets_a_request_on_whose_token_was_redeemed(self):
        status, _, body = self.ask("/tickets/7?page=2", [("Authorization", BEARER)])
        self.assertEqual((status, body), (200, f"done by {FILE['active_state']['jti']}"))
        (form,) = self.forms()
        self.assertEqual((form["action"], form["identifier"]), ("read", "ticket:7"))
        self.assertEqual(self.verdicts, ["allowed"])

    def test_answers_a_request_without_a_token_itself(self):
        status, headers, body = self.ask("/tickets/7", [])
        self.assertEqual((status, body), (401, "This needs a task token.\n"))
        self.assertEqual(headers["www-authenticate"], 'Bearer, DPoP algs="ES256"')
        self.assertEqual(headers["cache-control"], "no-store")
        self.assertEqual((self.done, self.forms()), (0, []))

    def test_refuses_what_the_issuer_refuses(self):
        for turn, status in (
            (answer(200, {"active": False, "reason": "spent"}), 401),
            (answer(200, {"active": False, "reason": "not_permitted"}), 403),
            (answer(200, {"active": False, "reason": "repeat"}), 409),
            (answer(500), 503),
        ):
            self.issuer.turns = [turn]
            self.assertEqual(self.ask("/tickets/7", [("Authorization", BEARER)])[0], status)
        self.assertEqual(self.done, 0)

    def test_refuses_a_request_that_no_token_permits(self):
        for path in ("/", "/tickets/7/x", "//evil.example/tickets/7"):
            self.assertEqual(self.ask(path, [("Authorization", BEARER)])[0], 403, path)
        self.assertEqual((self.done, self.forms()), (0, []))

    def test_a_mapping_that_raises_refuses_and_tells_nobody_what_it_said(self):
        status, _, body = self.ask("/broken", [("Authorization", BEARER)])
        self.assertEqual((status, self.verdicts), (503, ["misconfigured"]))
        self.assertNotIn(FILE["token"], body)

    def test_two_headers_are_not_one(self):
        status, _, _ = self.ask("/tickets/7", [("Authorization", BEARER), ("Authorization", BEARER)])
        self.assertEqual((status, self.forms()), (401, []))

    def test_a_proof_is_checked_against_the_public_url(self):
        self.issuer.turns = [BOUND]
        headers = [("Authorization", f"DPoP {FILE['bound_token']}"), ("DPoP", FILE["proof"]), ("X-Forwarded-Host", "a")]
        status, answered, _ = self.ask("/tickets/7?page=2", headers)
        self.assertEqual((status, answered["dpop-nonce"]), (200, "next-nonce"))
        (form,) = self.forms()
        self.assertEqual(form["dpop"], FILE["proof"])
        self.assertEqual((form["htm"], form["htu"]), ("GET", "https://tickets.acme.example/api/tickets/7"))


class WsgiTest(Both, unittest.TestCase):
    def start(self, server, **settings):
        def application(environ, start_response):
            self.done += 1
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [f"done by {wsgi.token_of(environ).handle}".encode()]

        guarded = wsgi.protect(application, server, lambda environ: use_of(environ["PATH_INFO"]), **settings)
        service = make_server("127.0.0.1", 0, guarded, handler_class=Quiet)
        threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.addCleanup(service.server_close)
        self.addCleanup(service.shutdown)
        self.port = service.server_port

    def ask(self, path, headers):
        lines = [f"GET {path} HTTP/1.0", "Host: evil.example", *(f"{name}: {value}" for name, value in headers)]
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            text = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
        head, body = text.split("\r\n\r\n", 1)
        first, *fields = head.split("\r\n")
        answered = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
        return int(first.split(" ")[1]), answered, body

    def test_two_proofs_that_a_server_joined_are_none(self):
        headers = [("Authorization", f"DPoP {FILE['bound_token']}"), ("DPoP", FILE["proof"]), ("DPoP", FILE["proof"])]
        self.assertEqual((self.ask("/tickets/7", headers)[0], self.forms()), (401, []))

    def test_the_path_is_written_as_a_url_has_it(self):
        self.assertEqual(wsgi._path({"SCRIPT_NAME": "/a b", "PATH_INFO": "/\xc3\xa9@x"}), "/a%20b/%C3%A9@x")


class AsgiTest(Both, unittest.TestCase):
    def start(self, server, **settings):
        async def application(scope, _receive, send):
            self.done += 1
            body = f"done by {asgi.token_of(scope).handle}" if scope["type"] == "http" else scope["type"]
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": body.encode()})

        self.guarded = asgi.protect(application, server, lambda scope: use_of(scope["path"]), **settings)

    def play(self, scope):
        sent = []

        async def send(message):
            sent.append(message)

        asyncio.run(self.guarded(scope, None, send))
        return sent

    def ask(self, target, headers):
        path, _, query = target.partition("?")
        start, body = self.play(
            {
                "type": "http",
                "method": "GET",
                "path": path,
                "raw_path": path.encode(),
                "query_string": query.encode(),
                "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
            }
        )
        answered = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"], answered, body["body"].decode()

    def test_a_websocket_is_not_let_in(self):
        with self.assertRaisesRegex(ValueError, "websocket"):
            self.play({"type": "websocket", "headers": [], "path": "/tickets/7"})
        self.assertEqual(self.done, 0)

    def test_start_and_stop_of_the_server_pass(self):
        self.assertEqual(self.play({"type": "lifespan"})[1]["body"], b"lifespan")


class AddressTest(unittest.TestCase):
    def test_the_address_of_the_service_is_checked_at_the_start(self):
        server = ResourceServer("https://tokens.acme.example", **FILE["server"])
        for public_url in ("", "tickets.acme.example", "ftp://a", "https://a/?b", "https://u:p@a"):
            for kind in (asgi, wsgi):
                with self.subTest(public_url), self.assertRaises(ValueError):
                    kind.protect(None, server, None, public_url=public_url)
