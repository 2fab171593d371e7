// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.resource.Enforcer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * All of it, for every servlet application that has the starter: there is no switch that would leave annotated methods
 * open, and without its properties an application does not start.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.SERVLET)
@EnableConfigurationProperties(TaskboundProperties.class)
public class TaskboundAutoConfiguration {
    @Bean
    IssuerClient taskboundIssuer(TaskboundProperties properties) {
        return Wiring.issuer(properties);
    }

    @Bean
    IssuerHealth taskboundIssuerHealth(IssuerClient taskboundIssuer) {
        return new IssuerHealth(taskboundIssuer, Settings.clock());
    }

    @Bean
    TaskTokens taskTokens(
            TaskboundProperties properties,
            IssuerClient taskboundIssuer,
            IssuerHealth health,
            ObjectProvider<EnforcementListener> listeners) {
        var publicUrl = Wiring.publicUrl(properties);
        var server = Wiring.server(properties);
        var enforcer = publicUrl.isPresent()
                ? Enforcer.of(taskboundIssuer, server)
                : Enforcer.ofBearer(taskboundIssuer, server);
        var all = listeners.orderedStream().reduce((reason, status, nanos) -> {}, EnforcementListener::and);
        return new TaskTokens(enforcer, publicUrl, all);
    }

    @Bean
    TaskInterceptor taskInterceptor(TaskTokens tokens) {
        return new TaskInterceptor(tokens);
    }

    /** Found by every handler mapping, also where an application configures Spring MVC by itself. */
    @Bean
    MappedInterceptor taskMappedInterceptor(TaskInterceptor interceptor) {
        return new MappedInterceptor(new String[] {"/**"}, interceptor);
    }

    @Bean
    BodyDigestAdvice taskBodyDigestAdvice(TaskInterceptor interceptor, TaskboundProperties properties) {
        return new BodyDigestAdvice(interceptor, Wiring.maxBody(properties));
    }

    @Bean
    RefusalResolver taskRefusalResolver() {
        return new RefusalResolver();
    }

    @Bean
    static TaskHandlers taskHandlers(ConfigurableListableBeanFactory beans) {
        return new TaskHandlers(beans);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
    static class OfMicrometer {
        @Bean
        Metering taskMetering(ObjectProvider<MeterRegistry> registry) {
            return new Metering(registry);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.taskbound.enabled", matchIfMissing = true)
    static class OfBoot3 {
        @Bean
        HealthBeforeBoot4 taskboundHealthIndicator(IssuerHealth health) {
            return new HealthBeforeBoot4(health);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.taskbound.enabled", matchIfMissing = true)
    static class OfBoot4 {
        @Bean
        HealthFromBoot4 taskboundHealthIndicator(IssuerHealth health) {
            return new HealthFromBoot4(health);
        }
    }
}
