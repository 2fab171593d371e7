# SPDX-License-Identifier: Apache-2.0
"""What KMS does and moto 5.2.5 leaves out: signing a digest as it is (MessageType DIGEST), and naming the key's spec."""

import json
from contextvars import ContextVar

from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from moto.kms.responses import KmsResponse
from moto.kms.utils import ECDSAPrivateKey

is_digest = ContextVar("is_digest", default=False)


def heeding_message_type(call):
    def heed(self):
        is_digest.set(self._get_param("MessageType") == "DIGEST")
        return call(self)

    return heed


def not_hashed_again(algorithm):
    def choose(self, signing_algorithm):
        chosen = algorithm(self, signing_algorithm)
        return Prehashed(chosen) if is_digest.get() else chosen

    return choose


def naming_key_spec(call):
    def name(self):
        answer = json.loads(call(self))
        return json.dumps({"KeySpec": answer["CustomerMasterKeySpec"], **answer})

    return name


def close():
    KmsResponse.sign = heeding_message_type(KmsResponse.sign)
    KmsResponse.verify = heeding_message_type(KmsResponse.verify)
    KmsResponse.get_public_key = naming_key_spec(KmsResponse.get_public_key)
    hidden = "_ECDSAPrivateKey__hash_algorithm"
    setattr(ECDSAPrivateKey, hidden, not_hashed_again(getattr(ECDSAPrivateKey, hidden)))
