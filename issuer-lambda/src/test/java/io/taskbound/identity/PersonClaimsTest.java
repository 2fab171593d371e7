// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonClaimsTest {
    @ParameterizedTest
    @CsvSource({
        "github, github-actions[bot], true",
        "github, dependabot[bot], true",
        "github, [bot], true",
        "github, octocat, false",
        "github, bot, false",
        "github, robot[bot]x, false",
        "gitlab, project_42_bot, true",
        "gitlab, project_42_bot_0a1b2c, true",
        "gitlab, group_7_bot_0a1b2c, true",
        "gitlab, project_42_bo, false",
        "gitlab, my_project_42_bot, false",
        "gitlab, robert, false"
    })
    void tellsMachinesByTheirNames(String profile, String name, boolean machine) {
        var person = Profiles.named(profile).flatMap(Profile::person).orElseThrow();
        var claims = JsonObject.builder().put(person.name(), name).build();

        assertThat(person.isMachine(claims)).isEqualTo(machine);
    }
}
