// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.Optional;

/** Who started the run that an ID token is of, as far as the token tells. */
public sealed interface Starter {
    /** This person. */
    record Named(Person person) implements Starter {}

    /** ID tokens of this provider name nobody. */
    record Unnamed() implements Starter {}

    /** Those of this provider name people, but this one may name another than who started the run: a re-run. */
    record Hidden() implements Starter {}

    /** A machine, such as a GitHub App; which person told it to, nobody can say. */
    record Machine() implements Starter {}

    default Optional<Person> told() {
        return this instanceof Named named ? Optional.of(named.person()) : Optional.empty();
    }
}
