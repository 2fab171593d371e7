// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.dpop.ProofText;
import io.taskbound.dpop.RequestUrl;
import io.taskbound.issuer.PresentedProof;
import java.util.List;
import java.util.Optional;

/** Reads proofs of keys: the header {@code DPoP} of a request, or what a resource server passes on of one. */
final class ProofForm {
    private static final String HEADER = "dpop";
    private static final int MAX_METHOD_LENGTH = 32;

    private ProofForm() {}

    static boolean isIn(HttpRequest request) {
        return request.has(HEADER);
    }

    /** Several headers are read as one with commas (RFC 9110 section 5.3), as AWS hands them over: no proof is that. */
    static Optional<ProofText> header(HttpRequest request) {
        var values = request.headers(HEADER);
        return values.isEmpty() ? Optional.empty() : Optional.of(new ProofText(joined(values)));
    }

    private static String joined(List<String> values) {
        return String.join(", ", values).strip();
    }

    /** The parameters {@code dpop}, {@code htm} and {@code htu}, all of them or none. */
    static Optional<PresentedProof> read(Form form) throws RefusedRequest {
        return read(form.credential("dpop"), form.value("htm"), form.value("htu"));
    }

    /** What a server passes on of a request: nothing, or a proof with the method and URL that it came with. */
    static Optional<PresentedProof> read(Optional<String> proof, Optional<String> htm, Optional<String> htu)
            throws RefusedRequest {
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        var method = htm.orElseThrow(() -> missing("htm"));
        if (method.length() > MAX_METHOD_LENGTH) {
            throw RefusedRequest.malformed("htm is longer than " + MAX_METHOD_LENGTH + " characters");
        }
        var url = RequestUrl.of(htu.orElseThrow(() -> missing("htu")))
                .orElseThrow(() -> RefusedRequest.malformed(
                        "htu must be the http or https URL of the request that brought the proof"));
        return Optional.of(new PresentedProof(new ProofText(proof.get()), method, url));
    }

    private static RefusedRequest missing(String name) {
        return RefusedRequest.malformed(name + " is missing");
    }
}
