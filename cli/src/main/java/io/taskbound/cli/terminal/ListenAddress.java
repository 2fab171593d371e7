// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An address to listen on, as typed. */
public final class ListenAddress {
    /** An address by its numbers, so that no name server is asked where to listen. */
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]{2,45}]):(\\d{1,5})");

    private static final int MAX_PORT = 65_535;

    private ListenAddress() {}

    /** @param option that it was typed for */
    public static InetSocketAddress of(String option, String text) throws Complaint {
        var parts = FORM.matcher(text);
        if (parts.matches() && Integer.parseInt(parts.group(2)) <= MAX_PORT) {
            try {
                return new InetSocketAddress(InetAddress.getByName(parts.group(1)), Integer.parseInt(parts.group(2)));
            } catch (UnknownHostException notAnAddress) {
                throw complaint(option, text);
            }
        }
        throw complaint(option, text);
    }

    private static Complaint complaint(String option, String text) {
        return Complaint.usage(
                option + " " + Printable.typed(text) + " is not an address and a port.",
                "Write it like 127.0.0.1:8765 or [::1]:8765; 0.0.0.0:8765 for every address of this machine.");
    }
}
