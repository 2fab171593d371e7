// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Addresses that are not on the public internet (IANA special-purpose registries, RFC 6890), metadata services
 * included.
 */
final class PrivateAddress {
    private PrivateAddress() {}

    static boolean is(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        var octets = address.getAddress();
        return address instanceof Inet4Address ? isPrivateV4(octets) : isPrivateV6(octets);
    }

    private static boolean isPrivateV4(byte[] octets) {
        int a = octets[0] & 0xff;
        int b = octets[1] & 0xff;
        int c = octets[2] & 0xff;
        return a == 0
                || a == 10
                || a == 127
                || (a == 100 && b >= 64 && b < 128)
                || (a == 169 && b == 254)
                || (a == 172 && b >= 16 && b < 32)
                || (a == 192 && b == 0 && c == 0)
                || (a == 192 && b == 168)
                || (a == 198 && (b == 18 || b == 19))
                || a >= 224;
    }

    private static boolean isPrivateV6(byte[] octets) {
        int first = octets[0] & 0xff;
        boolean uniqueLocal = (first & 0xfe) == 0xfc;
        boolean sixToFour = first == 0x20 && octets[1] == 0x02;
        if (uniqueLocal || sixToFour || startsWithZeros(octets)) {
            return true;
        }
        // NAT64 (64:ff9b::/96) carries an IPv4 address, which may itself be private.
        boolean nat64 = first == 0 && octets[1] == 0x64 && (octets[2] & 0xff) == 0xff && (octets[3] & 0xff) == 0x9b;
        return nat64 && isPrivateV4(Arrays.copyOfRange(octets, 12, 16));
    }

    private static boolean startsWithZeros(byte[] octets) {
        for (int i = 0; i < 8; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
