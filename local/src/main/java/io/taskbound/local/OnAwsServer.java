// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class its own {@link AwsServer} as a parameter of {@code @BeforeAll}. If there cannot be one, the class
 * is skipped, and its report says why.
 */
public final class OnAwsServer implements ExecutionCondition, ParameterResolver {
    private static final Namespace OURS = Namespace.create(OnAwsServer.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var held = server(context);
        if (held.why().isEmpty()) {
            return ConditionEvaluationResult.enabled("the AWS-compatible server is here");
        }
        return ConditionEvaluationResult.disabled("NOT RUN: " + held.why());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AwsServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context).running();
    }

    /** One for the class and all that is nested in it; JUnit closes what its store holds. */
    private static Held server(ExtensionContext context) {
        var outermost = context;
        while (outermost
                .getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .isPresent()) {
            outermost = outermost.getParent().get();
        }
        return outermost.getStore(OURS).getOrComputeIfAbsent(Held.class, key -> Held.start(), Held.class);
    }

    private static final class Held implements ExtensionContext.Store.CloseableResource {
        private final Optional<AwsServer> server;
        private final String why;

        private Held(Optional<AwsServer> server, String why) {
            this.server = server;
            this.why = why;
        }

        static Held start() {
            try {
                return new Held(Optional.of(AwsServer.start(Path.of(System.getProperty("taskbound.root", ".")))), "");
            } catch (AwsServer.Unavailable notHere) {
                return new Held(Optional.empty(), String.valueOf(notHere.getMessage()));
            }
        }

        String why() {
            return why;
        }

        AwsServer running() {
            return server.orElseThrow();
        }

        @Override
        public void close() {
            server.ifPresent(AwsServer::close);
        }
    }
}
