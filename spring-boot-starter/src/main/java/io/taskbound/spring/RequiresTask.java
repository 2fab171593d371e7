// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The handler method is called for a task token alone that permits exactly this, and each call is one use of it. On a
 * class, it is for all handler methods that have none of their own.
 *
 * <p>Anything but a handler method of Spring MVC would not be protected, so an application that has this annotation
 * elsewhere does not start.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface RequiresTask {
    /** As in the policy. */
    String action();

    /**
     * The one target. {@code {name}} stands for the URI variable of that name, which must be one path segment of
     * letters, digits and {@code ._~+-}. {@code {digest}} stands for the SHA-256 of the request's body, as it was
     * received, in lower-case hex; the method must then have a required {@code @RequestBody}. For everything else use
     * {@link TaskTokens#require}.
     */
    String identifier();
}
