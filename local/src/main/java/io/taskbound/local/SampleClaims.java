// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The claim sets that the CI systems sign, claim by claim as their documentation and code have them. Names are those of
 * the examples; times are whole seconds from {@code now}.
 */
final class SampleClaims {
    private static final String SHA = "3f786850e387550fdab836ed7e6dc881de23001b";

    private final String issuer;
    private final Instant now;
    private final long lifeSeconds;

    SampleClaims(String issuer, Instant now, Dialect dialect) {
        this.issuer = issuer;
        this.now = now;
        this.lifeSeconds = dialect.life().toSeconds();
    }

    ClaimSet github(String repository, String branch, String subjectPrefix) {
        var owner = repository.substring(0, repository.indexOf('/'));
        var ref = "refs/heads/" + branch;
        var claims = started(subjectPrefix + ":ref:" + ref, "https://github.com/" + owner);
        claims.put("ref", ref);
        claims.put("sha", SHA);
        claims.put("repository", repository);
        claims.put("repository_owner", owner);
        claims.put("run_id", "7001");
        claims.put("run_number", "10");
        claims.put("run_attempt", "1");
        claims.put("repository_visibility", "private");
        claims.put("repository_id", Ids.number(repository));
        claims.put("repository_owner_id", Ids.number(owner));
        claims.put("actor_id", Ids.number("octocat"));
        claims.put("actor", "octocat");
        claims.put("workflow", "Release");
        claims.put("head_ref", "");
        claims.put("base_ref", "");
        claims.put("event_name", "push");
        claims.put("ref_protected", "true");
        claims.put("ref_type", "branch");
        claims.put("workflow_ref", repository + "/.github/workflows/release.yml@" + ref);
        claims.put("workflow_sha", SHA);
        claims.put("job_workflow_ref", repository + "/.github/workflows/release.yml@" + ref);
        claims.put("job_workflow_sha", SHA);
        claims.put("runner_environment", "github-hosted");
        claims.put("check_run_id", "90001");
        return ClaimSet.of(claims);
    }

    ClaimSet githubStarted(String repository, String workflow, String person) {
        var file = repository + "/.github/workflows/" + workflow + "@refs/heads/main";
        return StandInProvider.startedBy(github(repository, "main", githubNames(repository)), person)
                .with("event_name", "workflow_dispatch")
                .with("workflow", workflow)
                .with("workflow_ref", file)
                .with("job_workflow_ref", file)
                .with("run_id", "8001")
                .with("check_run_id", "95001");
    }

    static String githubNames(String repository) {
        return "repo:" + repository;
    }

    static String githubIds(String repository) {
        var owner = repository.substring(0, repository.indexOf('/'));
        var name = repository.substring(repository.indexOf('/') + 1);
        return "repo:" + owner + "@" + Ids.number(owner) + "/" + name + "@" + Ids.number(repository);
    }

    /** No {@code jti} and no {@code nbf}: two builds' steps can get the same bytes within one second. */
    ClaimSet jenkins(String root, String jobFullName, int buildNumber) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("aud", List.of("https://tokens.acme.example"));
        claims.put("exp", now.getEpochSecond() + lifeSeconds);
        claims.put("iat", now.getEpochSecond());
        claims.put("sub", root + "/job/" + jobFullName.replace("/", "/job/") + "/");
        claims.put("build_number", buildNumber);
        return ClaimSet.of(claims);
    }

    ClaimSet gitlab(String projectPath, String branch) {
        var namespace = projectPath.substring(0, projectPath.lastIndexOf('/'));
        var claims = new LinkedHashMap<String, Object>();
        claims.put("namespace_id", Ids.number(namespace));
        claims.put("namespace_path", namespace);
        claims.put("project_id", Ids.number(projectPath));
        claims.put("project_path", projectPath);
        claims.put("user_id", Ids.number("octocat"));
        claims.put("user_login", "octocat");
        claims.put("user_email", "octocat@acme.example");
        claims.put("pipeline_id", "574");
        claims.put("pipeline_source", "push");
        claims.put("job_id", "302");
        claims.put("ref", branch);
        claims.put("ref_type", "branch");
        claims.put("ref_path", "refs/heads/" + branch);
        claims.put("ref_protected", "true");
        claims.put("runner_id", 1);
        claims.put("runner_environment", "self-hosted");
        claims.put("sha", SHA);
        claims.put("project_visibility", "private");
        claims.put("ci_config_ref_uri", projectPath + "//.gitlab-ci.yml@refs/heads/" + branch);
        claims.put("ci_config_sha", SHA);
        var subject = "project_path:" + projectPath + ":ref_type:branch:ref:" + branch;
        claims.putAll(started(subject, "https://tokens.acme.example"));
        return ClaimSet.of(claims);
    }

    ClaimSet buildkite(String organisation, String pipeline, String branch) {
        var subject = "organization:" + organisation + ":pipeline:" + pipeline + ":ref:refs/heads/" + branch
                + ":commit:" + SHA + ":step:release";
        var claims = started(subject, "https://buildkite.com/" + organisation);
        claims.remove("jti");
        claims.put("organization_slug", organisation);
        claims.put("pipeline_slug", pipeline);
        claims.put("build_number", 42);
        claims.put("build_branch", branch);
        claims.put("build_tag", "v1.0.0");
        claims.put("build_commit", SHA);
        claims.put("step_key", "release");
        claims.put("job_id", "0184990a-477b-4fa8-9968-496074483cee");
        claims.put("agent_id", "0184990a-4782-42b5-afc1-16715b10b8ff");
        claims.put("build_source", "ui");
        claims.put("runner_environment", "buildkite-hosted");
        return ClaimSet.of(claims);
    }

    ClaimSet circleci(String projectId) {
        var subject = "org/" + Ids.CIRCLECI_ORGANISATION + "/project/" + projectId + "/user/" + Ids.uuid("octocat");
        var claims = started(subject, Ids.CIRCLECI_ORGANISATION);
        claims.remove("jti");
        claims.remove("nbf");
        claims.put("aud", List.of(Ids.CIRCLECI_ORGANISATION));
        claims.put("oidc.circleci.com/project-id", projectId);
        claims.put("oidc.circleci.com/context-ids", List.of("a74579f1-2e7d-451e-b009-5c082ad2729e"));
        claims.put("oidc.circleci.com/vcs-origin", "github.com/acme/shop");
        claims.put("oidc.circleci.com/vcs-ref", "refs/heads/main");
        claims.put("oidc.circleci.com/ssh-rerun", false);
        claims.put("oidc.circleci.com/pipeline-id", Ids.uuid("pipeline"));
        claims.put("oidc.circleci.com/pipeline-definition-id", Ids.uuid("definition"));
        claims.put("oidc.circleci.com/workflow-id", Ids.uuid("workflow"));
        claims.put("oidc.circleci.com/job-id", Ids.uuid("job"));
        return ClaimSet.of(claims);
    }

    ClaimSet kubernetes(String namespace, String serviceAccount) {
        var claims =
                started("system:serviceaccount:" + namespace + ":" + serviceAccount, "https://tokens.acme.example");
        claims.put("aud", List.of("https://tokens.acme.example"));
        claims.put(
                "kubernetes.io",
                Map.of(
                        "namespace", namespace,
                        "node", object("worker-1"),
                        "pod", object(serviceAccount + "-7d4f"),
                        "serviceaccount", object(serviceAccount)));
        return ClaimSet.of(claims);
    }

    private static Map<String, Object> object(String name) {
        return Map.of("name", name, "uid", Ids.uuid(name));
    }

    private Map<String, Object> started(String subject, String audience) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("iss", issuer);
        claims.put("nbf", now.getEpochSecond() - 5);
        claims.put("exp", now.getEpochSecond() + lifeSeconds);
        claims.put("iat", now.getEpochSecond());
        return claims;
    }
}
