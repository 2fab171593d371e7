// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rules of a file without faults: of every request at most one of them speaks, so that their order means nothing.
 * Immutable; made by {@link RulesFile}.
 */
public final class RuleSet {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final URI publicUrl;
    private final List<Rule> rules;
    private final Set<String> open;

    /** @param open paths that need no token */
    RuleSet(URI publicUrl, List<Rule> rules, Set<String> open) {
        this.publicUrl = publicUrl;
        this.rules = List.copyOf(rules);
        this.open = Set.copyOf(open);
    }

    /** What callers know the service by: scheme, host and, if it is not the usual one, port. */
    public URI publicUrl() {
        return publicUrl;
    }

    /** Where the caller sent a request, as a proof of his key must name it: without the query. */
    public URI publicUrl(RequestTarget request) {
        return URI.create(publicUrl + request.path());
    }

    /** Whether a header field Host names the service; a trailing dot or a list does not. */
    public boolean isHost(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        boolean https = publicUrl.getScheme().equals("https");
        int usual = https ? HTTPS_PORT : HTTP_PORT;
        int port = publicUrl.getPort() < 0 ? usual : publicUrl.getPort();
        return lower.equals(publicUrl.getHost() + ":" + port) || (port == usual && lower.equals(publicUrl.getHost()));
    }

    /** The rules' names, in the order of the file. */
    public List<String> names() {
        return rules.stream().map(Rule::name).toList();
    }

    /** How many paths need no token. */
    public int openPaths() {
        return open.size();
    }

    /** Which use of a token a request is. */
    public Mapping map(RequestTarget request) {
        if (open.contains(request.path()) && READING.contains(request.method())) {
            return request.parameters().isEmpty() ? new Mapping.Open() : new Mapping.None(Mapping.Unmapped.QUERY);
        }
        boolean otherMethod = false;
        for (var rule : rules) {
            boolean ofMethod = rule.methods().contains(request.method());
            if (!ofMethod && otherMethod) {
                continue;
            }
            var values = rule.path().match(request.segments());
            if (values.isPresent() && ofMethod) {
                return rule.map(request, values.get());
            }
            otherMethod |= values.isPresent();
        }
        return new Mapping.None(otherMethod ? Mapping.Unmapped.METHOD : Mapping.Unmapped.NO_RULE);
    }
}
