// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * One rule of a file.
 *
 * @param query the parameters that a request may have
 */
record Rule(
        String name,
        Set<String> methods,
        PathPattern path,
        Set<String> query,
        String action,
        IdentifierTemplate identifier) {
    Rule {
        methods = Set.copyOf(methods);
        query = Set.copyOf(query);
    }

    /** Whether there is a request that both are about. */
    boolean overlaps(Rule other) {
        return !Collections.disjoint(methods, other.methods) && path.overlaps(other.path);
    }

    /** @param values of the path's variables, in a request with one of the methods */
    Mapping map(RequestTarget request, Map<String, String> values) {
        if (!query.containsAll(request.parameters())) {
            return new Mapping.None(Mapping.Unmapped.QUERY);
        }
        return identifier
                .fill(values)
                .<Mapping>map(target -> new Mapping.Uses(new MappedUse(name, action, target)))
                .orElseGet(() -> new Mapping.None(Mapping.Unmapped.IDENTIFIER));
    }
}
