// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** What an annotation demands. */
record TaskRequirement(String action, IdentifierTemplate identifier) {
    private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** Refuses with {@link IllegalArgumentException} what no policy can permit. */
    static TaskRequirement of(RequiresTask annotation) {
        if (!ACTION.matcher(annotation.action()).matches()) {
            throw new IllegalArgumentException("an action has 1 to 64 letters, digits and ._:-");
        }
        return new TaskRequirement(annotation.action(), IdentifierTemplate.of(annotation.identifier()));
    }

    /** The method's own, or else its class's. */
    static Optional<TaskRequirement> of(HandlerMethod handler) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequiresTask.class))
                .or(() -> Optional.ofNullable(
                        AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), RequiresTask.class)))
                .map(TaskRequirement::of);
    }
}
