// SPDX-License-Identifier: Apache-2.0
package io.taskbound.outbound;

import io.taskbound.identity.KeyTrouble;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the JDK's exceptions of a call mean, in our words: some of its messages carry bytes of the answer. */
final class Faults {
    private Faults() {}

    static CallFailed of(@Nullable Throwable failed, boolean sent) {
        if (failed instanceof CallFailed known) {
            return known;
        }
        if (failed instanceof UnknownHostException) {
            return new CallFailed("the name service knows no such host", false);
        }
        if (failed instanceof ConnectException || failed instanceof NoRouteToHostException) {
            return new CallFailed("no connection: nothing listens there, or a firewall refuses it", false);
        }
        if (failed instanceof SocketTimeoutException) {
            return late(sent);
        }
        if (failed instanceof SSLException && !sent) {
            return new CallFailed("no TLS connection: the host's certificate is not one that is trusted here", false);
        }
        return new CallFailed("the connection broke before a whole answer", sent);
    }

    static CallFailed of(KeyTrouble.Kind objection) {
        return new CallFailed(
                switch (objection) {
                    case PRIVATE_ADDRESS ->
                        "the host has a private address, which an issuer on AWS must be told of (PrivateProviderHosts)";
                    case ADDRESS_CACHE ->
                        "the JVM keeps no addresses (networkaddress.cache.ttl is 0), so that none can be checked";
                    default -> "only https is spoken (plain http on loopback for serve)";
                },
                false);
    }

    static CallFailed late(boolean sent) {
        return new CallFailed("no whole answer in time", sent);
    }
}
