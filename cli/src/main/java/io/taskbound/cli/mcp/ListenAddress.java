// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An address to listen on, in digits: no name server says which it is. */
final class ListenAddress {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[[0-9a-f:]+\\]):(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    private ListenAddress() {}

    static InetSocketAddress of(String text) throws Complaint {
        var form = FORM.matcher(text);
        try {
            if (form.matches() && Integer.parseInt(form.group(2)) <= MAX_PORT) {
                return new InetSocketAddress(InetAddress.getByName(form.group(1)), Integer.parseInt(form.group(2)));
            }
        } catch (UnknownHostException notAnAddress) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static Complaint refused(String text) {
        return Complaint.usage(
                "Not an address to listen on: " + Printable.typed(text) + ".", "Write it like 127.0.0.1:8767.");
    }
}
