// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.jca.JCAContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/**
 * Whose code makes and checks our own ES256 signatures: the JDK's, or that of Amazon's Corretto Crypto Provider where
 * the JVM option {@code -Dtaskbound.es256=FILE} names its jar (decision 11). Random numbers, digests, TLS and the
 * signatures of ID tokens stay with the JDK. Where the jar cannot be used, as on another system, the JDK serves, and
 * standard error says so once.
 */
final class Es256Provider {
    private static final String OPTION = "taskbound.es256";
    private static final String CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final Optional<Provider> NAMED =
            Optional.ofNullable(System.getProperty(OPTION)).map(Path::of).flatMap(Es256Provider::load);

    private Es256Provider() {}

    /** Has the signer or verifier of this context use it. */
    static void serve(JCAContext context) {
        NAMED.ifPresent(context::setProvider);
    }

    /** Loads it, which takes about half a second; empty when it cannot be used or fails its own tests. */
    static Optional<Provider> load(Path jar) {
        try {
            if (!Files.isReadable(jar)) {
                throw new IOException("it cannot be read");
            }
            // Never closed: its classes are loaded when they are first needed.
            var classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            var provider = (Provider)
                    Class.forName(CLASS, true, classes).getField("INSTANCE").get(null);
            provider.getClass().getMethod("assertHealthy").invoke(provider);
            Signature.getInstance("SHA256withECDSA", provider);
            return Optional.of(provider);
        } catch (IOException | ReflectiveOperationException | GeneralSecurityException | LinkageError unusable) {
            System.err.println("taskbound: " + jar + " cannot be used for ES256, so the JDK is: " + unusable);
            return Optional.empty();
        }
    }
}
