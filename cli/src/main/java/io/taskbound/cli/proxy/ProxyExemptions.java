// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.proxy;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The list in {@code NO_PROXY}, separated by commas or blanks. An entry is a name, which stands for all below it too
 * (with or without {@code .} or {@code *.} before it, perhaps with a port), an address, a network such as 10.0.0.0/8,
 * or {@code *} for everything.
 */
record ProxyExemptions(List<String> entries) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    ProxyExemptions {
        entries = List.copyOf(entries);
    }

    static ProxyExemptions of(String list) {
        return new ProxyExemptions(Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    boolean cover(URI uri) {
        var host = withoutDot(uri.getHost().toLowerCase(Locale.ROOT));
        var port = ":" + port(uri);
        var address = NetworkAddress.parse(host);
        return entries.stream()
                .map(entry -> withoutPort(entry, port))
                .anyMatch(entry -> entry.equals("*")
                        || address.map(known -> isAmong(known, entry)).orElseGet(() -> isBelow(host, entry)));
    }

    /** The last group of an IPv6 address is none, unless the address stands in brackets. */
    private static String withoutPort(String entry, String port) {
        var name = entry.endsWith(port) ? entry.substring(0, entry.length() - port.length()) : entry;
        return name.contains(":") && !name.endsWith("]") ? entry : name;
    }

    private static int port(URI uri) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    private static boolean isBelow(String host, String entry) {
        var name = withoutDot(entry.replaceFirst("^\\*?\\.", ""));
        return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    private static boolean isAmong(NetworkAddress address, String entry) {
        int mark = entry.indexOf('/');
        if (mark < 0) {
            return NetworkAddress.parse(entry).filter(address::equals).isPresent();
        }
        Optional<NetworkAddress> network = NetworkAddress.parse(entry.substring(0, mark));
        var bits = entry.substring(mark + 1);
        return network.isPresent() && bits.matches("[0-9]{1,3}") && address.isIn(network.get(), Integer.parseInt(bits));
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
