// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A mistake ends the start, and says what to do. */
class StartTest {
    @TempDir
    private static Path folder;

    private static IssuerOverHttp issuer;

    @BeforeAll
    static void start() throws Exception {
        issuer = new IssuerOverHttp();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Nothing {}

    @Component
    static class NoHandler {
        @RequiresTask(action = "sign", identifier = "a:b")
        public void work() {}
    }

    @Component
    @RequiresTask(action = "sign", identifier = "a:b")
    static class NoHandlers {}

    @RestController
    static class NoVariable {
        @GetMapping("/a/{name}")
        @RequiresTask(action = "sign", identifier = "a:{other}")
        String work(@PathVariable String name) {
            return name;
        }
    }

    @RestController
    static class ManySegments {
        @GetMapping("/a/{*name}")
        @RequiresTask(action = "sign", identifier = "a:{name}")
        String work(@PathVariable String name) {
            return name;
        }
    }

    @RestController
    static class DigestOfTheCaller {
        @PostMapping("/a/{digest}")
        @RequiresTask(action = "sign", identifier = "a@sha256:{digest}")
        String work(@RequestBody byte[] body) {
            return "" + body.length;
        }
    }

    @RestController
    static class NoBody {
        @PostMapping("/a")
        @RequiresTask(action = "sign", identifier = "a@sha256:{digest}")
        String work() {
            return "";
        }
    }

    @RestController
    static class BodyThatMayBeLeftOut {
        @PostMapping("/a")
        @RequiresTask(action = "sign", identifier = "a@sha256:{digest}")
        String work(@RequestBody(required = false) byte[] body) {
            return "" + body.length;
        }
    }

    @RestController
    static class OptionalBody {
        @PostMapping("/a")
        @RequiresTask(action = "sign", identifier = "a@sha256:{digest}")
        String work(@RequestBody Optional<byte[]> body) {
            return "" + body.isPresent();
        }
    }

    @RestController
    static class NoIdentifier {
        @GetMapping("/a")
        @RequiresTask(action = "sign", identifier = "a b")
        String work() {
            return "";
        }
    }

    @RestController
    static class NoAction {
        @GetMapping("/a")
        @RequiresTask(action = "can sign", identifier = "a:b")
        String work() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NoHandler.class)
    static class WithNoHandler {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NoHandlers.class)
    static class WithNoHandlers {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NoVariable.class)
    static class WithNoVariable {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ManySegments.class)
    static class WithManySegments {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(DigestOfTheCaller.class)
    static class WithDigestOfTheCaller {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NoBody.class)
    static class WithNoBody {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(BodyThatMayBeLeftOut.class)
    static class WithBodyThatMayBeLeftOut {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(OptionalBody.class)
    static class WithOptionalBody {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NoIdentifier.class)
    static class WithNoIdentifier {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NoAction.class)
    static class WithNoAction {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WithNoHandler | NoHandler.work would protect nothing",
                "WithNoHandlers | NoHandlers would protect nothing",
                "WithNoVariable | has no variable {other}",
                "WithManySegments | has no variable {name} of one segment",
                "WithDigestOfTheCaller | give the variable another name",
                "WithNoBody | needs a @RequestBody that may not be left out",
                "WithBodyThatMayBeLeftOut | needs a @RequestBody that may not be left out",
                "WithOptionalBody | needs a @RequestBody that may not be left out",
                "WithNoIdentifier | is wrong at character 2",
                "WithNoAction | an action has 1 to 64 letters"
            })
    void endsForAnAnnotationThatCannotDoWhatItSays(String application, String fault) throws Exception {
        var type = Class.forName(getClass().getName() + "$" + application);
        assertThatThrownBy(() -> App.start(type, App.properties(issuer, folder)))
                .satisfies(thrown -> assertThat(causes(thrown)).contains(fault));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "taskbound.issuer= | taskbound.issuer",
                "taskbound.issuer=http://tokens.acme.example | must be https",
                "taskbound.server= | resource_servers",
                "taskbound.server=A B | client id",
                "taskbound.secret-file= | taskbound policy secret",
                "taskbound.secret-file=/nowhere/signer.secret | cannot be read",
                "taskbound.deadline=0s | taskbound.deadline",
                "taskbound.max-body=3GB | 1B to 1024MB",
                "taskbound.max-body=-1B | 1B to 1024MB",
                "taskbound.public-url=signer.acme.example | such as https://signer.acme.example",
                "taskbound.public-url=https://signer.acme.example/sign | such as https://signer.acme.example"
            })
    void saysWhichPropertyIsMissingOrWrong(String property, String fault) {
        var properties = bound(App.properties(issuer, folder, property));
        assertThatThrownBy(() -> {
                    Wiring.issuer(properties);
                    Wiring.server(properties);
                    Wiring.publicUrl(properties);
                    Wiring.maxBody(properties);
                })
                .satisfies(thrown -> assertThat(causes(thrown)).contains(fault));
    }

    /** As Spring Boot reads them, without an application around. */
    private static TaskboundProperties bound(String... lines) {
        var values = new HashMap<String, String>();
        for (var line : lines) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("taskbound", TaskboundProperties.class);
    }

    @Test
    void endsForAPropertyThatIsMissing() {
        assertThatThrownBy(() -> App.start(Nothing.class, App.properties(issuer, folder, "taskbound.issuer=")))
                .satisfies(thrown -> assertThat(causes(thrown)).contains("taskbound.issuer", "it is missing"));
    }

    private static String causes(Throwable thrown) {
        var text = new StringBuilder();
        for (var cause = Optional.of(thrown);
                cause.isPresent();
                cause = cause.flatMap(c -> Optional.ofNullable(c.getCause()))) {
            text.append(cause.get()).append('\n');
        }
        return text.toString();
    }

    /** The secret itself is nowhere in what a failed start says. */
    @ParameterizedTest
    @ValueSource(strings = {"taskbound.server=A B", "taskbound.issuer=x"})
    void tellsNoSecret(String property) {
        assertThatThrownBy(() -> App.start(Nothing.class, App.properties(issuer, folder, property)))
                .satisfies(thrown ->
                        assertThat(causes(thrown)).doesNotContain(io.taskbound.http.TestIssuer.SIGNER_SECRET));
    }

    /** Spring Boot prints the value of each invalid property that it is told of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "taskbound.issuer=https://user:open-sesame@tokens.acme.example",
                "taskbound.public-url=https://user:open-sesame@signer.acme.example"
            })
    void showsNoPasswordThatIsInAUrl(String property) {
        var properties = bound(App.properties(issuer, folder, property));
        assertThatThrownBy(() -> {
                    Wiring.issuer(properties);
                    Wiring.publicUrl(properties);
                })
                .isExactlyInstanceOf(IllegalStateException.class)
                .satisfies(thrown -> assertThat(causes(thrown))
                        .contains(property.substring(0, property.indexOf('=')), "not shown")
                        .doesNotContain("open-sesame"));
    }
}
