# SPDX-License-Identifier: Apache-2.0
import unittest

from rig import vectors

from taskbound_resource_server import Malformed, Token, presented

FILE = vectors("dpop.json")


class ProofsTest(unittest.TestCase):
    """What is handed to the issuer of the proofs that a service receives."""

    def test_what_looks_like_one_jwt_is_handed_on_as_it_came(self):
        good = [one for one in FILE["vectors"] if one.get("one_jwt", True)]
        self.assertGreater(len(good), 50)
        for one in good:
            with self.subTest(one["name"]):
                found = presented([f"DPoP {FILE['token']}"], [one["proof"]])
                self.assertIsInstance(found, Token)
                self.assertEqual((found.scheme, found.proof), ("DPoP", one["proof"]))
                self.assertEqual(found.token.reveal(), FILE["token"])

    def test_all_else_is_refused_without_asking_the_issuer(self):
        bad = [one for one in FILE["vectors"] if not one.get("one_jwt", True)]
        self.assertGreater(len(bad), 5)
        for one in bad:
            with self.subTest(one["name"]):
                self.assertEqual(one["breaks"], "form")
                found = presented([f"DPoP {FILE['token']}"], [one["proof"]])
                self.assertEqual(found, Malformed("the header DPoP is not one JWT"))
