// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * RSA keys of this process that nobody uses any more. Making one takes a tenth of a second of a processor and more, and
 * a test run starts a thousand providers and stand-ins. No two that are open at a time ever have the same one.
 */
public final class SpareKeys {
    private static final int RSA_BITS = 2048;
    private static final Queue<RSAKey> SPARE = new ConcurrentLinkedQueue<>();

    private SpareKeys() {}

    public static RSAKey take() throws JOSEException {
        var spare = SPARE.poll();
        return spare == null
                ? new RSAKeyGenerator(RSA_BITS).keyUse(KeyUse.SIGNATURE).generate()
                : spare;
    }

    public static void giveBack(RSAKey key) {
        SPARE.add(key);
    }
}
