// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.proxy;

import io.taskbound.client.ProxyLogin;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy as an environment variable names it: {@code http://USER:PASSWORD@HOST:PORT}, of which only the host must be.
 */
record NamedProxy(InetSocketAddress address, Optional<PasswordAuthentication> account) {
    private static final Pattern FORM = Pattern.compile("(?i:http://)?((?<user>[^:@/]*)(:(?<password>[^@/]*))?@)?"
            + "(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:(?<port>[0-9]{1,5}))?/?");
    private static final String DEFAULT_PORT = "80";
    private static final int MAX_PORT = 65_535;

    /** Empty for what we cannot use, such as SOCKS or a proxy that is itself asked by TLS. */
    static Optional<NamedProxy> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(group(form, "port").orElse(DEFAULT_PORT));
        if (port < 1 || port > MAX_PORT) {
            return Optional.empty();
        }
        try {
            var account = group(form, "user")
                    .map(user -> new PasswordAuthentication(
                            decoded(user),
                            decoded(group(form, "password").orElse("")).toCharArray()));
            var host = form.group("host").replaceAll("[\\[\\]]", "");
            var proxy = new NamedProxy(InetSocketAddress.createUnresolved(host, port), account);
            proxy.login();
            return Optional.of(proxy);
        } catch (IllegalArgumentException noLogin) {
            return Optional.empty();
        }
    }

    /** For the JDK's newer HTTP client. */
    Optional<ProxyLogin> login() {
        return account.map(who -> ProxyLogin.of(who.getUserName(), new String(who.getPassword())));
    }

    private static Optional<String> group(Matcher form, String name) {
        return Optional.ofNullable(form.group(name));
    }

    /** Unlike in a form, a plus stands for itself. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
