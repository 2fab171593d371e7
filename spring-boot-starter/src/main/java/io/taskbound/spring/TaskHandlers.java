// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Looks at every annotation when the application starts, and ends the start where one could not do what it says: a
 * mistake must not show as a method that everybody may call.
 */
final class TaskHandlers implements SmartInitializingSingleton {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)(?::[^}]*)?}");

    private final ConfigurableListableBeanFactory beans;

    TaskHandlers(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var handlers = new HashSet<Method>();
        var types = new HashSet<Class<?>>();
        beans.getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().forEach((info, handler) -> {
                    handlers.add(handler.getMethod());
                    types.add(handler.getBeanType());
                    check(info, handler);
                }));
        for (var name : beans.getBeanDefinitionNames()) {
            Optional.ofNullable(beans.getType(name, false))
                    .map(ClassUtils::getUserClass)
                    .ifPresent(type -> requireHandlers(type, handlers, types));
        }
    }

    private static void check(RequestMappingInfo info, HandlerMethod handler) {
        try {
            TaskRequirement.of(handler).ifPresent(requirement -> check(info, handler, requirement.identifier()));
        } catch (IllegalArgumentException fault) {
            throw new IllegalStateException(
                    "@RequiresTask on " + handler.getShortLogMessage() + ": " + fault.getMessage());
        }
    }

    private static void check(RequestMappingInfo info, HandlerMethod handler, IdentifierTemplate identifier) {
        for (var pattern : info.getPatternValues()) {
            var variables = variables(pattern);
            for (var wanted : identifier.pathVariables()) {
                require(
                        variables.contains(wanted),
                        "the path " + pattern + " has no variable {" + wanted + "} of one segment");
            }
            require(
                    !identifier.hasDigest() || !variables.contains(IdentifierTemplate.DIGEST),
                    "{digest} is the SHA-256 of the body that was received, and the path " + pattern
                            + " has a variable of that name, which the caller writes; give the variable another name");
        }
        require(
                !identifier.hasDigest() || hasRequiredBody(handler),
                "{digest} is the SHA-256 of the body, so the method needs a @RequestBody that may not be left out;"
                        + " compute other digests yourself and call TaskTokens.require");
    }

    private static Set<String> variables(String pattern) {
        var names = new HashSet<String>();
        VARIABLE.matcher(pattern).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /**
     * By the rule that Spring itself has: one that may be left out can be left out without its bytes being looked at.
     */
    private static boolean hasRequiredBody(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .filter(parameter -> !parameter.isOptional())
                .map(parameter -> Optional.ofNullable(parameter.getParameterAnnotation(RequestBody.class)))
                .anyMatch(body -> body.filter(RequestBody::required).isPresent());
    }

    private static void requireHandlers(Class<?> type, Set<Method> handlers, Set<Class<?>> types) {
        if (type.getName().startsWith("org.springframework.")) {
            return;
        }
        MethodIntrospector.selectMethods(
                        type, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, RequiresTask.class))
                .forEach(method -> {
                    if (!handlers.contains(method)) {
                        throw new IllegalStateException("@RequiresTask on " + type.getName() + "." + method.getName()
                                + " would protect nothing, since it is no handler method of Spring MVC; call"
                                + " TaskTokens.require in it");
                    }
                });
        if (AnnotatedElementUtils.hasAnnotation(type, RequiresTask.class) && !types.contains(type)) {
            throw new IllegalStateException("@RequiresTask on " + type.getName()
                    + " would protect nothing, since it has no handler method of Spring MVC; call TaskTokens.require");
        }
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            throw new IllegalArgumentException(fault);
        }
    }
}
