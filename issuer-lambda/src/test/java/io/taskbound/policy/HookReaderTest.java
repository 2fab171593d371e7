// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonText;
import io.taskbound.task.HookName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy's hooks: what they admit, and every way of writing one wrongly, with its place. */
class HookReaderTest {
    private static final String UUID = "8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03";

    private static String text(String hooks) {
        return JsonText.of(Documents.release())
                .replace(
                        "\"providers\":{",
                        "\"providers\":{"
                                + "\"gitlab\":{\"profile\":\"gitlab\",\"issuer\":\"https://gl.example\",\"audience\":\"a\"},"
                                + "\"builds\":{\"profile\":\"buildkite\",\"issuer\":\"https://bk.example\",\"audience\":\"a\"},"
                                + "\"circle\":{\"profile\":\"circleci\",\"issuer\":\"https://cc.example\",\"audience\":\"a\"},")
                .replace("\"tasks\":{", "\"hooks\":" + hooks.replace('\'', '"') + ",\"tasks\":{");
    }

    private static Optional<Hook> hook(String entry) {
        return Documents.compiled(Contract.json(text("{'acme':" + entry + "}"))).hook(new HookName("acme"));
    }

    @Test
    void admitsTheOwnersAndProjectsThatItNames() {
        var owner = hook("{'provider':'github','owner_id':'1001'}").orElseThrow();
        assertThat(owner.admits(Optional.of("1001"), "2002")).isTrue();
        assertThat(owner.admits(Optional.of("1002"), "2002")).isFalse();
        assertThat(owner.admits(Optional.empty(), "2002")).isFalse();

        var repository = hook("{'provider':'github','owner_id':'1001','repository_ids':['2002']}")
                .orElseThrow();
        assertThat(repository.admits(Optional.of("1001"), "2002")).isTrue();
        assertThat(repository.admits(Optional.of("1001"), "2003")).isFalse();
        assertThat(repository.admits(Optional.of("1002"), "2002")).isFalse();

        var project = hook("{'provider':'gitlab','project_ids':['20','21']}").orElseThrow();
        assertThat(project.admits(Optional.empty(), "21")).isTrue();
        assertThat(project.admits(Optional.empty(), "22")).isFalse();

        assertThat(hook("{'provider':'builds','pipeline_ids':['" + UUID + "']}")
                        .orElseThrow()
                        .provider()
                        .profile()
                        .name())
                .isEqualTo("buildkite");
        assertThat(hook("{'provider':'circle','organization_id':'" + UUID + "'}"))
                .isPresent();
        assertThat(hook("{'provider':'circle','project_ids':['" + UUID + "']}")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'acme':{'provider':'githup','owner_id':'1001'}}                          | unknown-name  | /hooks/acme/provider
            {'acme':{'owner_id':'1001'}}                                              | missing-field | /hooks/acme
            {'acme':{'provider':'jenkins','owner_id':'1001'}}                         | hook-provider | /hooks/acme/provider
            {'acme':{'provider':'github'}}                                            | hook-ids      | /hooks/acme
            {'acme':{'provider':'github','repository_ids':['2002']}}                  | hook-ids      | /hooks/acme
            {'acme':{'provider':'github','owner_id':'acme'}}                          | hook-ids      | /hooks/acme/owner_id
            {'acme':{'provider':'github','owner_id':1001}}                            | wrong-type    | /hooks/acme/owner_id
            {'acme':{'provider':'github','owner_id':'1001','project_ids':['1']}}      | hook-ids      | /hooks/acme/project_ids
            {'acme':{'provider':'github','owner_id':'1001','repository_ids':[]}}      | bad-length    | /hooks/acme/repository_ids
            {'acme':{'provider':'github','owner_id':'1001','repository_ids':['a b']}} | bad-value     | /hooks/acme/repository_ids/0
            {'acme':{'provider':'github','owner_id':'1001','repository_ids':['0']}}   | hook-ids      | /hooks/acme/repository_ids/0
            {'acme':{'provider':'gitlab','project_ids':['20','20']}}                  | listed-twice  | /hooks/acme/project_ids/1
            {'acme':{'provider':'gitlab','owner_id':'20'}}                            | hook-ids      | /hooks/acme/owner_id
            {'acme':{'provider':'gitlab'}}                                            | hook-ids      | /hooks/acme
            {'acme':{'provider':'builds','pipeline_ids':['shop']}}                    | hook-ids      | /hooks/acme/pipeline_ids/0
            {'acme':{'provider':'circle'}}                                            | hook-ids      | /hooks/acme
            {'Acme':{'provider':'github','owner_id':'1001'}}                          | bad-name      | /hooks/Acme
            {'acme':{'provider':'github','owner_id':'1001','secret':'x'}}             | unknown-field | /hooks/acme/secret
            {'acme':[]}                                                               | wrong-type    | /hooks/acme
            []                                                                        | wrong-type    | /hooks
            """)
    void tellsWhatIsWrongAndWhere(String hooks, String code, String place) {
        assertThat(Documents.faults(Contract.json(text(hooks))))
                .filteredOn(fault -> fault.severity() == Severity.ERROR)
                .anySatisfy(fault -> {
                    assertThat(fault.code().wire()).isEqualTo(code);
                    assertThat(fault.path()).isEqualTo(place);
                    assertThat(fault.remedy()).isNotEmpty();
                });
    }
}
