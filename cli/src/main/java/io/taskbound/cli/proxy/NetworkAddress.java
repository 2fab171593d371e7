// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.proxy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address, read from text and never by asking a name server. */
record NetworkAddress(BigInteger value, int bits) {
    private static final Pattern V4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern V6 = Pattern.compile("\\[?([0-9a-f.]*:[0-9a-f:.]*)]?");

    /** Empty for a name; IPv6 with or without brackets. */
    static Optional<NetworkAddress> parse(String text) {
        var v6 = V6.matcher(text);
        if (!V4.matcher(text).matches() && !v6.matches()) {
            return Optional.empty();
        }
        try {
            // Java asks nobody about a text with a colon or of this form.
            byte[] bytes = InetAddress.getByName(v6.matches() ? "[" + v6.group(1) + "]" : text)
                    .getAddress();
            return Optional.of(new NetworkAddress(new BigInteger(1, bytes), bytes.length * Byte.SIZE));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    /** Whether the first bits are the same. */
    boolean isIn(NetworkAddress network, int first) {
        return bits == network.bits
                && first <= bits
                && value.shiftRight(bits - first).equals(network.value.shiftRight(bits - first));
    }
}
