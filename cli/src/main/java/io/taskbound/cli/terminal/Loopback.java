// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import io.taskbound.client.IssuerUrl;
import java.net.URI;
import java.util.Set;

/** Which addresses are this machine: by name, never by look-up, since a name server could answer anything. */
public final class Loopback {
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

    private Loopback() {}

    public static boolean isLoopback(URI address) {
        return address.getHost() != null && HOSTS.contains(address.getHost());
    }

    /** An https URL, or a plain http one on loopback; one trailing slash is dropped. */
    public static String issuerUrl(String text) throws Complaint {
        try {
            return IssuerUrl.of(text).toString();
        } catch (IllegalArgumentException e) {
            throw Complaint.usage(
                    "Not an issuer URL: " + shown(text) + e.getMessage() + ".",
                    "Write it like https://tokens.acme.example, or http://127.0.0.1:8787 on this machine.");
        }
    }

    /** It may hold a password, and then it is not said again. */
    private static String shown(String text) {
        return text.contains("@") ? "" : Printable.typed(text) + ": ";
    }

    /** An issuer on this machine; what a stand-in provider signs must never reach another one. */
    public static String loopbackIssuerUrl(String text) throws Complaint {
        var url = issuerUrl(text);
        if (!isLoopback(URI.create(url))) {
            throw Complaint.usage(
                    url + " is not on this machine, and this command is for `serve --dev` only.",
                    "Name a loopback address like http://127.0.0.1:8787.");
        }
        return url;
    }
}
