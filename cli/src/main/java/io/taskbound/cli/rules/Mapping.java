// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.function.Function;

/** What the rules say of a request. */
public sealed interface Mapping {
    /** It is this use of a token. */
    record Uses(MappedUse use) implements Mapping {}

    /** It needs no token. */
    record Open() implements Mapping {}

    /** It is refused. */
    record None(Unmapped why) implements Mapping {}

    /** Why no rule lets a request in. */
    enum Unmapped {
        NO_RULE("no_rule", "no rule has this path"),
        METHOD("rule_method", "a rule has this path, but not with this method"),
        QUERY("rule_query", "the rule with this path does not have a parameter of the query"),
        IDENTIFIER("rule_identifier", "what the rule makes of this path is not an identifier");

        private final String word;
        private final String sentence;

        Unmapped(String word, String sentence) {
            this.word = word;
            this.sentence = sentence;
        }

        /** For logs and metrics. */
        public String word() {
            return word;
        }

        /** For people, without a full stop; repeats nothing of the request. */
        public String sentence() {
            return sentence;
        }
    }

    /** One function for each. */
    default <T> T match(Function<MappedUse, T> uses, Function<Open, T> open, Function<Unmapped, T> none) {
        if (this instanceof Uses it) {
            return uses.apply(it.use());
        }
        return this instanceof Open it ? open.apply(it) : none.apply(((None) this).why());
    }
}
