// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.overhttp;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the same {@link LiveIssuer} to every test that asks for one; JUnit closes it after the last. */
public final class OneIssuer implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(OneIssuer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LiveIssuer.class;
    }

    @Override
    public LiveIssuer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .getOrComputeIfAbsent(LiveIssuer.class, any -> start(), LiveIssuer.class);
    }

    private static LiveIssuer start() {
        try {
            return LiveIssuer.start();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}
