# SPDX-License-Identifier: Apache-2.0
"""Verifies a receipt with securesystemslib, and expects it to refuse every changed part.

usage: receipt.py RECEIPT JWKS PEM
Writes the public key that signed the receipt to PEM, for tools that want one.
"""
import base64
import json
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey


def number(text):
    return int.from_bytes(base64.urlsafe_b64decode(text + "=="), "big")


def public_key(jwk):
    numbers = ec.EllipticCurvePublicNumbers(number(jwk["x"]), number(jwk["y"]), ec.SECP256R1())
    return numbers.public_key()


def verify(envelope, keys):
    return Envelope.from_dict(json.loads(json.dumps(envelope))).verify(keys, 1)


def is_refused(envelope, keys):
    try:
        verify(envelope, keys)
        return False
    except VerificationError:
        return True


def changed(envelope, name):
    """The envelope with one bit of this part changed."""
    other = json.loads(json.dumps(envelope))
    if name == "payloadType":
        other[name] = other[name].replace("json", "jsoo")
        return other
    place = other if name == "payload" else other["signatures"][0]
    octets = bytearray(base64.b64decode(place[name]))
    octets[len(octets) // 2] ^= 1
    place[name] = base64.b64encode(bytes(octets)).decode()
    return other


def main(receipt, jwks, pem):
    with open(receipt, encoding="utf-8") as file:
        envelope = json.load(file)
    with open(jwks, encoding="utf-8") as file:
        published = {jwk["kid"]: public_key(jwk) for jwk in json.load(file)["keys"]}
    keys = [SSlibKey.from_crypto(key, keyid=kid) for kid, key in published.items()]
    signer = published[envelope["signatures"][0]["keyid"]]
    with open(pem, "wb") as file:
        file.write(
            signer.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
    verify(envelope, keys)
    for name in ("payload", "sig", "payloadType"):
        if not is_refused(changed(envelope, name), keys):
            sys.exit(f"a changed {name} was accepted")


main(*sys.argv[1:])
