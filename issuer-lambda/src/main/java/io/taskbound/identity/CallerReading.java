// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import io.taskbound.task.ProviderName;
import java.util.List;
import java.util.Optional;

/** How a profile reads a caller from claims. Where several templates are given, the first that can be filled counts. */
record CallerReading(
        List<ClaimTemplate> stableSubject,
        SubjectForms subjectForms,
        List<ClaimTemplate> run,
        Optional<ClaimTemplate> job,
        Optional<ProjectNaming> projectName,
        Optional<ClaimTemplate> projectId,
        Optional<ClaimPath> startedBy,
        Optional<ClaimTemplate> link,
        Optional<PersonClaims> person,
        WebHosts webHosts) {

    Caller read(ProviderName provider, String profile, String issuer, JsonObject claims, String proofKey) {
        var subject = claims.string("sub").orElseThrow(() -> new IllegalArgumentException("the claims have no sub"));
        var origin = webHosts.origin(issuer);
        return new Caller(
                provider,
                profile,
                issuer,
                subject,
                subjectForms.of(subject, claims),
                first(stableSubject, claims, origin).orElse(subject),
                claims,
                first(run, claims, origin).orElse("proof:" + proofKey),
                job.flatMap(template -> template.fill(claims, origin)),
                projectName.flatMap(naming -> naming.name(issuer, claims)),
                projectId.flatMap(template -> template.fill(claims, origin)),
                startedBy.flatMap(claim -> claim.textIn(claims)).filter(name -> !name.isEmpty()),
                link.flatMap(template -> template.fill(claims, origin)).filter(CallerReading::isWebAddress),
                person.map(names -> names.starter(issuer, claims)).orElseGet(Starter.Unnamed::new));
    }

    List<String> runs(JsonObject claims) {
        return run.stream()
                .map(template -> template.fill(claims, ""))
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<String> stableSubject(JsonObject claims) {
        return first(stableSubject, claims, "");
    }

    Optional<String> job(JsonObject claims) {
        return job.flatMap(template -> template.fill(claims, ""));
    }

    /** A subject need not be a URL, and a link is there to be clicked. */
    private static boolean isWebAddress(String link) {
        return link.startsWith("https://") || link.startsWith("http://");
    }

    private static Optional<String> first(List<ClaimTemplate> templates, JsonObject claims, String origin) {
        return templates.stream()
                .map(template -> template.fill(claims, origin))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
