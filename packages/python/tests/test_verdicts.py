# SPDX-License-Identifier: Apache-2.0
import unittest

from rig import CUT, StandIn, Still, answer, vectors

from taskbound_resource_server import ResourceServer, presented
from taskbound_resource_server._http import Sender

FILE = vectors("verdicts.json")
SECRETS = [FILE["server"]["secret"], FILE["token"], FILE["bound_token"], FILE["proof"]]


def text(template):
    for name in ("token", "bound_token", "proof"):
        template = template.replace("{" + name + "}", FILE[name])
    return template


def body_of(body):
    if not isinstance(body, dict) or "$active" not in body:
        return "" if body is None else body
    whole = {**FILE["active_state"], **body}
    return {name: value for name, value in whole.items() if value is not None and name != "$active"}


def turn(one):
    return CUT if "lost" in one else answer(one["status"], body_of(one.get("body")), one.get("headers"))


def shown(verdict):
    both = {"status": verdict.status, "reason": verdict.reason, "headers": dict(verdict.headers)}
    if verdict.allowed:
        return {**both, "handle": verdict.token.handle, "uses_left": verdict.token.uses_left}
    return {**both, "message": verdict.message, "operator": verdict.operator is not None}


def expected(verdict):
    usual = {"headers": {}, "uses_left": None} if verdict["status"] == 200 else {"headers": {}, "operator": False}
    return {**usual, **verdict}


class VerdictsTest(unittest.TestCase):
    def play(self, path, one):
        with StandIn(*map(turn, one["answers"])) as issuer:
            server = ResourceServer(issuer.url, _around=Still().around(Sender()), **FILE["server"])
            asked = presented([text(value) for value in one["authorization"]], [text(v) for v in one.get("dpop", [])])
            more = {"method": FILE["method"], "url": FILE["url"]}
            if path == "redeem":
                more["repeat_allowed"] = one.get("repeat_allowed", False)
            verdict = getattr(server, path)(asked, FILE["action"], FILE["identifier"], **more)
            self.assertEqual(shown(verdict), expected(one["verdict"]))
            forms = [request["form"] for request in issuer.asked]
            usual = {"token"} if path == "introspect" else {"token", "use_id"}
            first = {name: forms[0][name] for name in usual} if forms else {}
            if path == "redeem":
                first.update(action=FILE["action"], identifier=FILE["identifier"])
            self.assertEqual(forms, [{**first, **{k: text(v) for k, v in more.items()}} for more in one["asked"]])
            for secret in SECRETS:
                self.assertNotIn(secret, repr(verdict))

    def test_redeem(self):
        self.assertGreater(len(FILE["redeem"]), 40)
        for one in FILE["redeem"]:
            with self.subTest(one["name"]):
                self.play("redeem", one)

    def test_introspect(self):
        self.assertGreater(len(FILE["introspect"]), 10)
        for one in FILE["introspect"]:
            with self.subTest(one["name"]):
                self.play("introspect", one)
