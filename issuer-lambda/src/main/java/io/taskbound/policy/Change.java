// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * One difference between a policy and the one before it.
 *
 * @param subject what is concerned, such as {@code task sign-release}
 * @param words what about it, for people; printable ASCII
 */
public record Change(String subject, Effect effect, String words) {

    /** What a change does to access. In doubt it is {@link #WIDER}: a publisher must not overlook it. */
    public enum Effect {
        /** Something is allowed that was not, or may be: somebody comes in, a limit falls, a key is trusted. */
        WIDER,
        NARROWER,
        /** By itself it changes no decision. */
        OTHER
    }
}
