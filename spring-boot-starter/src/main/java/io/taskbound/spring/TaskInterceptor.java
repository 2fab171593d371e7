// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Uses the token before a handler method is called that demands it. Spring calls this again when an asynchronous answer
 * is ready or an error is shown, so what was used for a request is remembered with it: the same use, and no other, is
 * then let through.
 */
final class TaskInterceptor implements HandlerInterceptor {
    private static final String USED = TaskInterceptor.class.getName() + ".used";

    private final TaskTokens tokens;

    TaskInterceptor(TaskTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            TaskRequirement.of(method).ifPresent(requirement -> {
                if (requirement.identifier().hasDigest()) {
                    // BodyDigestAdvice goes on when the body is read, which is before the method is called.
                    tokens.requirePresented(request);
                } else {
                    use(request, requirement, Map.of());
                }
            });
        }
        return true;
    }

    /** @param computed values that are not of the path */
    void use(HttpServletRequest request, TaskRequirement requirement, Map<String, String> computed) {
        var use = requirement.action() + " " + identifier(request, requirement, computed);
        if (!use.equals(request.getAttribute(USED))) {
            tokens.require(
                    request,
                    requirement.action(),
                    use.substring(requirement.action().length() + 1));
            request.setAttribute(USED, use);
        }
    }

    private static String identifier(
            HttpServletRequest request, TaskRequirement requirement, Map<String, String> computed) {
        if (!requirement.identifier().pathVariables().isEmpty() && isOdd(request.getRequestURI())) {
            throw new TaskRefusedException(
                    400, "odd_path", "The path must be written without percent-encoding and without ';'.");
        }
        var values = new HashMap<>(pathVariables(request));
        values.putAll(computed);
        return requirement
                .identifier()
                .filled(values)
                .orElseThrow(() -> new TaskRefusedException(
                        400,
                        "odd_path",
                        "A variable part of the path must be letters, digits and ._~+- and not only dots."));
    }

    /** What one server decodes or cuts off, another may not. */
    private static boolean isOdd(String rawPath) {
        return rawPath.indexOf('%') >= 0 || rawPath.indexOf(';') >= 0 || rawPath.contains("//");
    }

    private static Map<String, String> pathVariables(HttpServletRequest request) {
        var variables = new HashMap<String, String>();
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> all) {
            all.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        }
        return variables;
    }
}
