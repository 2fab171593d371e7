// SPDX-License-Identifier: Apache-2.0
/**
 * Task tokens in Spring Boot: {@link io.taskbound.spring.RequiresTask} on handler methods of Spring MVC, and
 * {@link io.taskbound.spring.TaskTokens} in code.
 */
@NullMarked
package io.taskbound.spring;

import org.jspecify.annotations.NullMarked;
