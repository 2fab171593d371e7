// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may approve, as a policy says it; and what it may not say, because somebody could approve for himself. */
class ApproversTest {
    private static final String GITHUB = "{'provider':'github','person':'actor_id','claims':{'repository_id':'2002',"
            + "'repository_owner_id':'1001','workflow_ref':'acme/shop/.github/workflows/approve.yml@refs/heads/main'}}";
    private static final String STAFF =
            "{'provider':'staff','person':'sub','known_as':{'github':'github_id'},'claims':{'groups':{'contains':'managers'}}}";
    private static final String BY_GITHUB = "{'provider':'github','claims':{'repository_id':'2002',"
            + "'repository_owner_id':'1001','ref':'refs/heads/main','ref_type':'branch'}}";
    private static final String BY_JENKINS = "{'provider':'jenkins','claims':{'sub':'https://ci.example/job/a/'}}";

    private static JsonObject document(String approver, String approval, String caller) {
        return Contract.json("""
                {'version':1,
                 'providers':{
                   'github':{'profile':'github','issuer':'https://gh.example','audience':'https://t.example'},
                   'jenkins':{'profile':'jenkins','issuer':'https://ci.example','audience':'https://t.example'},
                   'other':{'profile':'generic','issuer':'https://other.example','audience':'https://t.example'},
                   'staff':{'profile':'generic','issuer':'https://sso.example','audience':'taskbound'}},
                 'resource_servers':{'signer':{'audience':'https://s.example','checks':'redeem','client_secret_hashes':['%s']}},
                 'approvers':{'managers':[%s]},
                 'tasks':{'rotate':{'permissions':[{'resource_server':'signer','actions':['rotate'],'identifiers':['key:root']}],
                   'approval':%s,'allow':[%s]}}}
                """.formatted("a1".repeat(32), approver, approval, caller));
    }

    private static List<String> errors(String approver, String approval, String caller) {
        var compiled = Policy.compile(document(approver, approval, caller), 1);
        return compiled.match(
                ok -> List.of(),
                faulty -> faulty.faults().stream()
                        .filter(fault -> fault.severity() == Severity.ERROR)
                        .map(fault -> fault.code().wire())
                        .toList());
    }

    private static List<String> warnings(String approver, String approval, String caller) {
        return Policy.compile(document(approver, approval, caller), 1)
                .match(
                        ok -> ok.warnings().stream()
                                .map(fault -> fault.code().wire())
                                .toList(),
                        faulty -> List.of(faulty.faults().toString()));
    }

    @Test
    void peopleOfTwoProvidersMayApprove() {
        assertThat(errors(GITHUB + "," + STAFF, "{'by':['managers'],'count':2,'within':'30m'}", BY_GITHUB))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'by':['managers'],'count':0}      | bad-value
            {'by':['managers'],'count':6}      | bad-value
            {'by':['managers'],'count':'1'}    | bad-value
            {'by':[]}                          | bad-length
            {'by':['nobody']}                  | unknown-name
            {'count':1}                        | missing-field
            {'by':['managers'],'within':'59s'} | approval
            {'by':['managers'],'within':'25h'} | approval
            {'by':['managers'],'who':'x'}      | unknown-field
            """)
    void anApprovalThatNobodyWouldHaveToGiveIsAnError(String approval, String code) {
        assertThat(errors(GITHUB, approval, BY_GITHUB)).contains(code);
    }

    @Test
    void aPersonWhoCannotBeComparedIsAnError() {
        var unlinked = "{'provider':'staff','person':'sub','claims':{'groups':{'contains':'managers'}}}";
        assertThat(errors(unlinked, "{'by':['managers']}", BY_GITHUB)).containsExactly("approver-link");
        assertThat(errors(unlinked, "{'by':['managers']}", BY_JENKINS)).isEmpty();

        var accepted =
                "{'provider':'staff','person':'sub','not_known_at':['github'],'claims':{'groups':{'contains':'managers'}}}";
        assertThat(errors(accepted, "{'by':['managers']}", BY_GITHUB)).isEmpty();
        assertThat(errors(GITHUB + "," + accepted, "{'by':['managers'],'count':2}", BY_GITHUB))
                .containsExactly("approver-link");
    }

    @Test
    void aPersonIsNamedByWhatNeverChanges() {
        assertThat(errors(GITHUB.replace("actor_id", "actor"), "{'by':['managers']}", BY_GITHUB))
                .containsExactly("approver-person");
        assertThat(errors(
                        "{'provider':'jenkins','person':'sub','claims':{'sub':'https://ci.example/job/a/'}}",
                        "{'by':['managers']}",
                        BY_JENKINS))
                .containsExactly("approver-person");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "preferred_username", "name"})
    void norByWhatPeopleChangeThemselves(String claim) {
        assertThat(errors(
                        STAFF.replace("'person':'sub'", "'person':'" + claim + "'"), "{'by':['managers']}", BY_GITHUB))
                .containsExactly("approver-person");
    }

    @Test
    void onePersonIsNotTwoByTwoClaimsOfOneProvider() {
        var byOtherId = STAFF.replace("'person':'sub'", "'person':'oid'").replace("managers", "owners");

        assertThat(errors(STAFF + "," + byOtherId, "{'by':['managers'],'count':2}", BY_GITHUB))
                .containsExactly("approver-link");
        assertThat(errors(STAFF + "," + byOtherId, "{'by':['managers']}", BY_GITHUB))
                .isEmpty();
    }

    @Test
    void aSharedProviderNeedsItsTenant() {
        assertThat(errors(
                        "{'provider':'github','person':'actor_id','claims':{'actor_id':'583231'}}",
                        "{'by':['managers']}",
                        BY_GITHUB))
                .containsExactly("no-tenant");
    }

    @Test
    void callersWhoseRunsAreNotKnownCannotWait() {
        assertThat(errors(STAFF, "{'by':['managers']}", "{'provider':'other','claims':{'sub':'x'}}"))
                .contains("approval");
    }

    @Test
    void whoStartedAJenkinsBuildIsNotKnown() {
        assertThat(warnings(STAFF, "{'by':['managers']}", BY_JENKINS)).contains("unknown-requester");
        assertThat(warnings(STAFF, "{'by':['managers'],'count':2}", BY_JENKINS)).doesNotContain("unknown-requester");
    }

    @Test
    void aGroupThatNobodyNamesIsUnused() {
        assertThat(warnings(STAFF + "],'others':[" + STAFF, "{'by':['managers']}", BY_GITHUB))
                .contains("unused");
    }
}
