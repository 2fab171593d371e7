// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where the table answers. On loopback it stands for all of AWS; else it is DynamoDB's own, and KMS and STS are asked
 * where the SDK finds them.
 */
record Endpoint(Optional<URI> address) {

    /** As typed; else as the SDK's own variables say; else none, and the region decides. */
    static Endpoint of(Optional<String> typed, CommandContext context) throws Complaint {
        var text = typed.or(() -> context.variable("AWS_ENDPOINT_URL_DYNAMODB"))
                .or(() -> context.variable("AWS_ENDPOINT_URL"));
        return new Endpoint(text.isPresent() ? Optional.of(checked(text.get())) : Optional.empty());
    }

    boolean isLoopback() {
        return address.filter(Loopback::isLoopback).isPresent();
    }

    /** What KMS and STS are asked at, when not where the SDK finds them. */
    Optional<URI> ofOtherServices() {
        return address.filter(Loopback::isLoopback);
    }

    private static URI checked(String text) throws Complaint {
        var address = uri(text);
        boolean plain = "http".equals(address.getScheme());
        if ((!plain && !"https".equals(address.getScheme())) || address.getHost() == null) {
            throw misformed();
        }
        if (plain && !Loopback.isLoopback(address)) {
            throw Complaint.usage(
                    "The endpoint is plain http, and " + address.getHost() + " is not this machine.",
                    "Use https; plain http is for a loopback address like http://127.0.0.1:8000.");
        }
        return address;
    }

    private static URI uri(String text) throws Complaint {
        try {
            return new URI(text);
        } catch (URISyntaxException wrong) {
            throw misformed();
        }
    }

    private static Complaint misformed() {
        return Complaint.usage(
                "The endpoint is not a URL.", "Write it like http://127.0.0.1:8000, or leave it out for AWS itself.");
    }
}
