// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.Optional;

/** One benchmark method, with the verb where it takes one. */
record Timed(Class<?> benchmark, String method, Optional<Verb> verb) {
    static final Timed RAW_SIGNATURES = new Timed(MintWithoutLedger.class, "floor", Optional.empty());
    static final Timed MINT_WITHOUT_LEDGER = new Timed(MintWithoutLedger.class, "mint", Optional.empty());
    static final Timed MANY_REPOSITORIES = new Timed(Deciding.class, "ofManyRepositories", Optional.empty());
    static final Timed ONE_REPOSITORY = new Timed(Deciding.class, "ofOneRepository", Optional.empty());
    static final Timed TWENTY_WINDOWS = new Timed(Deciding.class, "inOneOfTwentyWindows", Optional.empty());
    static final Timed RAW_PROOF = new Timed(Proving.class, "floor", Optional.empty());
    static final Timed PROOF = new Timed(Proving.class, "check", Optional.empty());
    static final Timed UNKNOWN_TASK = refused("unknownTask");

    static Timed question(String method) {
        return new Timed(Questioning.class, method, Optional.empty());
    }

    static Timed refused(String rules) {
        return new Timed(Refusing.class, rules, Optional.empty());
    }

    static Timed whole(Verb verb) {
        return new Timed(OverDynamo.class, "whole", Optional.of(verb));
    }

    static Timed bare(Verb verb) {
        return new Timed(OverDynamo.class, "bare", Optional.of(verb));
    }

    /** The name by which JMH selects it. */
    String pattern() {
        return "^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$";
    }
}
