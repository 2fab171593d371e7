# SPDX-License-Identifier: Apache-2.0
import unittest

from rig import Still, vectors

from taskbound_resource_server import Patience
from taskbound_resource_server._call import Outcome, Request, call

FILE = vectors("retry.json")
KINDS = {"proxy_login": "login"}


class RetryTest(unittest.TestCase):
    def play(self, one):
        still = Still()
        turns = list(one["turns"])
        limits = []

        def send(_request, limit):
            limits.append(round(limit * 1000))
            turn = turns.pop(0)
            still.now += turn.get("took_ms", 0) / 1000
            if "fault" in turn:
                return Outcome(KINDS.get(turn["fault"], turn["fault"]))
            return Outcome("answer", turn["status"], turn.get("retry_after"), turn.get("body", "").encode())

        request = Request("https://tokens.acme.example/redeem", {}, b"a=b")
        reply = call(request, patience({**FILE["patience"], **one.get("patience", {})}), still.around(send))
        self.assertEqual(still.pauses, one["pauses_ms"])
        self.assertEqual(limits, one["timeouts_ms"])
        end = f"status {reply.status}" if reply.sentence is None else "none"
        self.assertEqual(end, one["end"] if one["end"].startswith("status ") else "none")
        if "lost_one" in one:
            self.assertEqual(reply.lost_one, one["lost_one"])

    def test_every_case(self):
        self.assertGreater(len(FILE["cases"]), 20)
        for one in FILE["cases"]:
            with self.subTest(one["name"]):
                self.play(one)


def patience(one):
    names = ("deadline", "try_timeout", "first_pause", "longest_pause")
    return Patience(one["attempts"], *(one[name + "_ms"] / 1000 for name in names))
