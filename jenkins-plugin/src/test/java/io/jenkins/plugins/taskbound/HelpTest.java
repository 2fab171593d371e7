// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Every setting of every form, found by reflection, has its field and its help. */
@WithJenkins
class HelpTest {
    private static final Pattern FIELD = Pattern.compile("<f:entry[^>]* field=\"(\\w+)\"");

    @ParameterizedTest
    @ValueSource(
            classes = {
                WithTaskTokenStep.class,
                TaskTokenBuildWrapper.class,
                TaskTarget.class,
                TaskboundConfiguration.class
            })
    void everySettingIsInTheForm(Class<?> type, JenkinsRule jenkins) throws Exception {
        assertThat(fields(type))
                .containsExactlyInAnyOrderElementsOf(settings(type).toList());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                WithTaskTokenStep.class,
                TaskTokenBuildWrapper.class,
                TaskTarget.class,
                TaskboundConfiguration.class
            })
    void everySettingHasHelpThatTheBrowserGets(Class<?> type, JenkinsRule jenkins) throws Exception {
        for (String setting : settings(type).toList()) {
            String text = jenkins.createWebClient()
                    .goTo("descriptor/" + type.getName() + "/help/" + setting)
                    .getBody()
                    .asNormalizedText();
            assertThat(text).as("help of " + setting).isNotBlank();
        }
    }

    private static Stream<String> settings(Class<?> type) {
        Stream<String> required = Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                .map(Parameter::getName);
        Stream<String> optional = Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(Method::getName)
                .map(name -> name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4));
        return Stream.concat(required, optional);
    }

    private static Stream<String> fields(Class<?> type) throws IOException {
        try (InputStream form = type.getResourceAsStream(type.getSimpleName() + "/config.jelly")) {
            var text = new String(form.readAllBytes(), StandardCharsets.UTF_8);
            return FIELD.matcher(text).results().map(found -> found.group(1)).toList().stream();
        }
    }
}
