// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.KeyTrouble.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the JDK's exceptions of a fetch mean, in our words: some of its messages carry bytes of the answer. */
final class FetchFaults {
    private static final int DEEPEST_CAUSE = 16;

    private FetchFaults() {}

    static KeysOutOfReach of(@Nullable Throwable failed) {
        if (failed instanceof KeysOutOfReach known) {
            return known;
        }
        if (failed == null) {
            return new KeysOutOfReach(Kind.FAULT, "the fetch broke");
        }
        if (failed instanceof UnknownHostException) {
            return new KeysOutOfReach(Kind.UNKNOWN_HOST, "the name service knows no such host", failed);
        }
        if (failed instanceof ConnectException
                || failed instanceof NoRouteToHostException
                || failed instanceof PortUnreachableException) {
            return new KeysOutOfReach(
                    Kind.NO_CONNECTION, "no connection: nothing listens there, or a firewall refuses it", failed);
        }
        if (failed instanceof SocketTimeoutException) {
            return timedOut(failed);
        }
        if (failed instanceof SSLException) {
            return new KeysOutOfReach(Kind.TLS, tls(failed), failed);
        }
        return String.valueOf(failed.getMessage()).startsWith("Unable to tunnel through proxy")
                ? proxy(failed)
                : new KeysOutOfReach(Kind.BROKEN_OFF, "the connection broke before a whole answer", failed);
    }

    static KeysOutOfReach proxy(Throwable cause) {
        return new KeysOutOfReach(
                Kind.PROXY, "the proxy does not let us through, or wants a user and password, or other ones", cause);
    }

    static KeysOutOfReach timedOut(Throwable cause) {
        return new KeysOutOfReach(
                Kind.TIMED_OUT, "no whole answer within " + HttpKeyFetcher.TOTAL.toSeconds() + " s", cause);
    }

    private static String tls(Throwable failed) {
        if (cause(failed, CertificateExpiredException.class).isPresent()
                || cause(failed, CertificateNotYetValidException.class).isPresent()) {
            return "TLS failed: the host's certificate has expired or is not valid yet";
        }
        if (cause(failed, CertPathBuilderException.class).isPresent()
                || cause(failed, CertPathValidatorException.class).isPresent()) {
            return "TLS failed: no certificate authority known here signed the host's certificate; ca_file in the policy"
                    + " can name one";
        }
        return cause(failed, CertificateException.class).isPresent()
                ? "TLS failed: the host's certificate is for another name, or not acceptable"
                : "TLS failed: no handshake";
    }

    private static <T> Optional<T> cause(Throwable failed, Class<T> wanted) {
        Throwable at = failed;
        for (int depth = 0; at != null && depth < DEEPEST_CAUSE; depth++) {
            if (wanted.isInstance(at)) {
                return Optional.of(wanted.cast(at));
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
