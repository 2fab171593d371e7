// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.minio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class its own {@link Minio} as a parameter of {@code @BeforeAll}. If there cannot be one, the class is
 * skipped, and its report says why.
 */
public final class OnMinio implements ExecutionCondition, ParameterResolver {
    private static final Namespace OURS = Namespace.create(OnMinio.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var held = held(context);
        return held.minio()
                .map(any -> ConditionEvaluationResult.enabled("minio is here"))
                .orElseGet(() -> ConditionEvaluationResult.disabled("NOT RUN: " + held.why()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Minio.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return held(context).minio().orElseThrow();
    }

    /** One for the class; JUnit closes what its store holds. */
    private static Held held(ExtensionContext context) {
        var outermost = context;
        while (outermost
                .getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .isPresent()) {
            outermost = outermost.getParent().get();
        }
        return outermost.getStore(OURS).getOrComputeIfAbsent(Held.class, key -> Held.start(), Held.class);
    }

    private record Held(Optional<Minio> minio, String why, Path folder) implements AutoCloseable {
        static Held start() {
            try {
                var folder = Files.createTempDirectory("taskbound-minio");
                try {
                    return new Held(Optional.of(Minio.start(System.getenv(), folder)), "", folder);
                } catch (Minio.Unavailable notHere) {
                    return new Held(Optional.empty(), String.valueOf(notHere.getMessage()), folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("minio does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            minio.ifPresent(Minio::close);
            if (minio.isPresent() || isEmpty(folder)) {
                delete(folder);
            }
        }

        private static boolean isEmpty(Path folder) throws IOException {
            try (var files = Files.list(folder)) {
                return files.findAny().isEmpty();
            }
        }

        private static void delete(Path folder) throws IOException {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
