# SPDX-License-Identifier: Apache-2.0
import base64
import copy
import json
import pickle
import time
import unittest

from rig import DRIP, HANG, StandIn, answer, vectors

from taskbound_resource_server import Malformed, Patience, ResourceServer, TaskToken, Token, presented

SECRET = "CANARY-SERVER-SECRET"
TOKEN = "CANARY.TOKEN.TEXT"
BEARER = presented([f"Bearer {TOKEN}"])
HERE = {"method": "POST", "url": "https://signer.acme.example/"}
QUICK = Patience(attempts=1, try_timeout=0.3)


def server(issuer="https://tokens.acme.example", name="signer", secret=SECRET):
    return ResourceServer(issuer, name, secret, QUICK)


def redeem(one, **more):
    return one.redeem(BEARER, "sign", "artifact:a", **HERE, **more)


class ServerTest(unittest.TestCase):
    def refused_by(self, *turns):
        with StandIn(*turns) as issuer:
            verdict = redeem(server(issuer.url))
            self.assertFalse(verdict.allowed)
            return verdict

    def test_an_issuer_that_hangs_or_drips_costs_one_time_limit(self):
        for turn in (HANG, DRIP):
            began = time.monotonic()
            self.assertEqual(self.refused_by(turn).reason, "unavailable")
            self.assertLess(time.monotonic() - began, 5)

    def test_an_endless_answer_is_read_up_to_64_kb(self):
        verdict = self.refused_by(answer(200, '{"active":false}' + " " * 65 * 1024))
        self.assertEqual((verdict.reason, verdict.operator), ("unavailable", "the answer is longer than 64 KB"))

    def test_half_an_answer_is_none(self):
        whole = json.dumps({"active": False})
        verdict = self.refused_by(("answer", 200, whole, {"Content-Length": "400"}))
        self.assertEqual(verdict.operator, "no whole answer from the issuer")

    def test_a_redirect_is_not_followed_nor_told_the_secret(self):
        with StandIn(answer(200, {"active": True})) as elsewhere:
            for status in (302, 307):
                verdict = self.refused_by(answer(status, "", {"Location": elsewhere.url + "/redeem"}))
                self.assertEqual(verdict.operator, f"the address answered {status}, which no issuer does")
            self.assertEqual(elsewhere.asked, [])

    def test_nobody_listens(self):
        verdict = redeem(server("http://127.0.0.1:2"))
        self.assertEqual((verdict.status, verdict.operator), (503, "no connection to 127.0.0.1:2"))

    def test_asks_as_a_form_with_its_name_and_secret(self):
        with StandIn(answer(200, {"active": False})) as issuer:
            redeem(server(issuer.url + "/", secret="a+b%c:d\n"))
            (asked,) = issuer.asked
            self.assertEqual(asked["path"], "/redeem")
            basic = asked["headers"]["Authorization"][len("Basic ") :]
            self.assertEqual(base64.b64decode(basic), b"signer:a%2Bb%25c%3Ad")
            self.assertEqual(asked["headers"]["Content-Type"], "application/x-www-form-urlencoded")

    def test_two_uses_share_no_id_and_a_named_one_keeps_its_own(self):
        with StandIn(answer(200, {"active": False})) as issuer:
            signer = server(issuer.url)
            for more in ({}, {}, {"use_id": "job-7"}):
                redeem(signer, **more)
            first, second, third = [asked["form"]["use_id"] for asked in issuer.asked]
            self.assertRegex(first, r"^[0-9a-f-]{36}$")
            self.assertNotEqual(first, second)
            self.assertEqual(third, "job-7")

    def test_a_use_that_says_nothing_is_a_mistake_of_the_service(self):
        signer = server("http://127.0.0.1:2")
        for action, identifier, use_id in (("", "a", None), ("a", " ", None), (None, "a", None), ("a", "a", "")):
            with self.assertRaises(ValueError):
                signer.redeem(BEARER, action, identifier, use_id=use_id, **HERE)

    def test_settings_that_cannot_be_meant(self):
        for wrong in (
            {"issuer": SECRET},
            {"issuer": None},
            {"issuer": "http://tokens.acme.example"},
            {"issuer": "ftp://127.0.0.1"},
            {"issuer": f"https://a:{SECRET}@tokens.acme.example"},
            {"issuer": f"https://tokens.acme.example/?a={SECRET}"},
            {"issuer": "https://tokens.acme.example/\nX: y"},
            {"name": "Signer"},
            {"name": None},
            {"secret": ""},
            {"secret": SECRET + "\nX: y"},
            {"secret": SECRET.encode()},
        ):
            with self.subTest(wrong), self.assertRaises(ValueError) as refused:
                server(**wrong)
            self.assertNotIn("CANARY", str(refused.exception))

    def test_neither_server_nor_token_shows_its_secret(self):
        one = server()
        basic = base64.b64encode(f"signer:{SECRET}".encode()).decode()
        text = "".join([repr(one), str(one), repr(BEARER), str(BEARER), f"{BEARER.token}{one}", repr([BEARER, one])])
        for secret in ("CANARY", basic):
            self.assertNotIn(secret, text)
        self.assertEqual(BEARER.token.reveal(), TOKEN)

    def test_neither_is_written_anywhere(self):
        for one in (server(), BEARER.token):
            for write in (pickle.dumps, copy.deepcopy):
                with self.assertRaises(TypeError):
                    write(one)

    def test_what_is_too_long_or_odd_is_no_token_and_no_proof(self):
        bound = vectors("verdicts.json")["bound_token"]
        self.assertIsInstance(presented(["Bearer " + "a" * 16384]), Token)
        for odd in ("Bearer " + "a" * 16385, "Bearer a\n", "Bearer a\x00b", "Bearer\ta"):
            self.assertIsInstance(presented([odd]), Malformed)
        self.assertIsInstance(presented(["DPoP " + bound], ["a.b." + "c" * 8192]), Malformed)
        with self.assertRaises(ValueError):
            TaskToken("a b")
