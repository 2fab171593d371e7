// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

/**
 * A person, by what an issuer never gives to another.
 *
 * @param issuer {@code iss} of the ID token that names the person
 * @param id the person's immutable id there, such as GitHub's {@code actor_id}
 */
public record Person(String issuer, String id) {
    public Person {
        if (issuer.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("a person has an issuer and an id");
        }
    }
}
