// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

/** Why a text is not taken for a receipt. */
public enum ReceiptFlaw {
    TOO_LARGE("it is longer than 256 KB, and no receipt is"),
    NOT_AN_ENVELOPE("it is not a DSSE envelope: one JSON object with payloadType, payload and signatures, nothing else"
            + " and nothing twice"),
    WRONG_PAYLOAD_TYPE("its payloadType is not application/vnd.in-toto+json"),
    NOT_ONE_SIGNATURE("it does not have exactly one signature, as a receipt has"),
    BAD_BASE64("its payload or its signature is not base64"),
    UNKNOWN_KEY("none of these keys has its key id"),
    BAD_SIGNATURE("its signature does not verify: it was changed, or another key signed it"),
    NOT_A_RECEIPT("what was signed is not a receipt that this version knows"),
    WRONG_ISSUER("it names another issuer");

    private final String sentence;

    ReceiptFlaw(String sentence) {
        this.sentence = sentence;
    }

    /** The end of a sentence about the receipt. */
    public String sentence() {
        return sentence;
    }
}
