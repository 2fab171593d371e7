// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Two times of one run and how they may compare. A ratio holds on other machines and on busy ones, where a time does
 * not.
 *
 * @param bar the highest ratio of the two that passes
 */
record Comparison(String name, Timed measured, Timed against, double bar) {
    private static final double SIGNATURES = 1.3;
    private static final double REQUESTS = 1.3;
    private static final double DELIVERY = 1.5;
    private static final double REFUSALS = 1.2;
    private static final double PART_OF_A_MINT = 0.05;
    private static final double QUESTIONS = 0.5;

    static final List<Comparison> ALL = List.of(
            new Comparison(
                    "POST /token without a ledger / RS256 verify + ES256 sign",
                    Timed.MINT_WITHOUT_LEDGER,
                    Timed.RAW_SIGNATURES,
                    SIGNATURES),
            new Comparison(
                    "decide, 1,000 rules, one a repository / the same POST /token",
                    Timed.MANY_REPOSITORIES,
                    Timed.MINT_WITHOUT_LEDGER,
                    PART_OF_A_MINT),
            new Comparison(
                    "decide, 1,000 rules of one repository / the same POST /token",
                    Timed.ONE_REPOSITORY,
                    Timed.MINT_WITHOUT_LEDGER,
                    PART_OF_A_MINT),
            new Comparison(
                    "decide, 1,000 rules and 20 change windows / the same POST /token",
                    Timed.TWENTY_WINDOWS,
                    Timed.MINT_WITHOUT_LEDGER,
                    PART_OF_A_MINT),
            new Comparison(
                    "all that a proof of a key costs but for the ledger / ES256 verify",
                    Timed.PROOF,
                    Timed.RAW_PROOF,
                    SIGNATURES),
            refused("others' repositories", "ofOthers"),
            refused("its own branches", "ofItsOwnTenant"),
            refused("its own patterns", "ofPatterns"),
            refused("its own lists", "ofLists"),
            new Comparison(
                    "who-can, 1,000 tasks that all permit it / loading that policy",
                    Timed.question("whoCan"),
                    Timed.question("loading"),
                    QUESTIONS),
            new Comparison(
                    "diff of two such policies, each task changed / loading both",
                    Timed.question("difference"),
                    Timed.question("loadingTwo"),
                    QUESTIONS),
            overItsRequests("POST /token / its put + batch get", Verb.MINT),
            overItsRequests("POST /redeem / its batch get + update", Verb.REDEEM),
            overItsRequests("POST /renew / its batch get + update", Verb.RENEW),
            overItsRequests("POST /introspect / its batch get", Verb.INTROSPECT),
            new Comparison(
                    "POST /credential / its 2 batch gets + update + 2 puts",
                    Timed.whole(Verb.CREDENTIAL),
                    Timed.bare(Verb.CREDENTIAL),
                    DELIVERY));

    private static Comparison refused(String rules, String method) {
        return new Comparison(
                "refusal at 10,000 rules, " + rules + " / of an unknown task",
                Timed.refused(method),
                Timed.UNKNOWN_TASK,
                REFUSALS);
    }

    private static Comparison overItsRequests(String name, Verb verb) {
        return new Comparison(name, Timed.whole(verb), Timed.bare(verb), REQUESTS);
    }

    /** The median over the rounds of the ratio within each round. */
    double ratio(Times times) {
        var above = times.of(measured);
        var below = times.of(against);
        return Times.median(IntStream.range(0, above.size())
                .mapToObj(round -> above.get(round) / below.get(round))
                .toList());
    }

    boolean passes(Times times) {
        return ratio(times) <= bar;
    }

    String line(Times times) {
        return String.format(
                Locale.ROOT,
                "%-62s %9.1f / %9.1f us = %6.3f  (bar %.2f)  %s",
                name,
                Times.median(times.of(measured)),
                Times.median(times.of(against)),
                ratio(times),
                bar,
                passes(times) ? "PASS" : "FAIL");
    }
}
