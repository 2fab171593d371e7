// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.util.Optional;

/** Fuzz target: the body of a request to each endpoint. It is read, or refused with a sentence of ours. */
public final class FormFuzz {
    private FormFuzz() {}

    private interface Reading {
        Object read(Form form) throws RefusedRequest;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var form = Form.parse(input);
            tryToRead(form, read -> MintForm.read(read, Optional.empty()));
            tryToRead(form, CloseForm::read);
            tryToRead(form, RedeemForm::read);
        } catch (RefusedRequest refused) {
            // An answer like any other.
            return;
        }
    }

    /** What reads a request before any endpoint does. */
    public static void readHead(HttpRequest request) {
        BasicCredentials.of(request);
        try {
            Form.of(request);
        } catch (RefusedRequest refused) {
            return;
        }
    }

    private static void tryToRead(Form form, Reading reading) {
        try {
            reading.read(form);
        } catch (RefusedRequest refused) {
            return;
        }
    }
}
