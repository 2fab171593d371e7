// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Uses the token for the bytes of the body, before they are converted; what is converted are those bytes and no others.
 * Spring calls no handler method before its arguments are there, and {@link TaskHandlers} lets none start whose body
 * may be left out.
 */
@ControllerAdvice
final class BodyDigestAdvice extends RequestBodyAdviceAdapter {
    private final TaskInterceptor interceptor;
    private final int maxBytes;

    BodyDigestAdvice(TaskInterceptor interceptor, int maxBytes) {
        this.interceptor = interceptor;
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type targetType, Class<? extends HttpMessageConverter<?>> converterType) {
        return parameter.hasParameterAnnotation(RequestBody.class)
                && requirement(parameter).isPresent();
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type targetType,
            Class<? extends HttpMessageConverter<?>> converterType)
            throws IOException {
        var bytes = message.getBody().readNBytes(maxBytes);
        if (bytes.length == maxBytes && message.getBody().read() >= 0) {
            throw new TaskRefusedException(413, "too_large", "The body is larger than this service takes.");
        }
        requirement(parameter)
                .ifPresent(requirement -> interceptor.use(
                        TaskTokens.currentRequest(), requirement, Map.of(IdentifierTemplate.DIGEST, sha256(bytes))));
        return new Received(message.getHeaders(), bytes);
    }

    private static Optional<TaskRequirement> requirement(MethodParameter parameter) {
        return Optional.ofNullable(parameter.getMethod())
                .flatMap(method -> Optional.ofNullable(
                                AnnotatedElementUtils.findMergedAnnotation(method, RequiresTask.class))
                        .or(() -> Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(
                                parameter.getContainingClass(), RequiresTask.class))))
                .map(TaskRequirement::of)
                .filter(requirement -> requirement.identifier().hasDigest());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The body once more, from memory. */
    private static final class Received implements HttpInputMessage {
        private final HttpHeaders headers;
        private final InputStream body;

        Received(HttpHeaders headers, byte[] bytes) {
            this.headers = headers;
            this.body = new ByteArrayInputStream(bytes);
        }

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
