// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers refusals. Not by {@code sendError}: that would go through the application's filters once more, and Spring
 * Security would make a 401 of a 403.
 */
final class RefusalResolver implements HandlerExceptionResolver, Ordered {
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        if (!(thrown instanceof TaskRefusedException refused) || response.isCommitted()) {
            return null;
        }
        try {
            answer(response, refused);
        } catch (IOException gone) {
            // Whoever asked has hung up; there is nobody to tell.
            return new ModelAndView();
        }
        return new ModelAndView();
    }

    private static void answer(HttpServletResponse response, TaskRefusedException refused) throws IOException {
        response.resetBuffer();
        response.setStatus(refused.status());
        refused.headers().forEach(response::setHeader);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((refused.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
