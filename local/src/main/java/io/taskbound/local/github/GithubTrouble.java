// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

/** What a {@link StandInGithub} does instead of answering as documented. */
public enum GithubTrouble {
    NONE,
    /** Takes the connection and closes it without a word. */
    DOWN,
    /** Does what was asked, and says nothing for 30 s. */
    HANGS,
    /** Does what was asked, and closes the connection without a word. */
    CUT_OFF,
    /** 200 with a web page, as a proxy in the way gives it. */
    WEB_PAGE,
    /** 401 with a web page. */
    LOGIN_PAGE,
    /** 401 with JSON, as a gateway in the way gives it. */
    GATEWAY_LOGIN,
    /** 500 with JSON. */
    ERROR,
    /** 503 with a web page. */
    UNAVAILABLE,
    /** 302 to another path. */
    REDIRECTS,
    /** The documented status with half an object. */
    BROKEN_JSON,
    /** The documented status with 8 MB of blanks before the object. */
    HUGE,
    /** The documented status with a text where an object belongs. */
    WRONG_TYPES,
    /** 403 with {@code retry-after: 37}. */
    SECONDARY_LIMIT,
    /** 403 that says so in its text alone. */
    SECONDARY_LIMIT_WITHOUT_TIME,
    /** 429. */
    TOO_MANY,
    /** 403 with {@code x-ratelimit-remaining: 0} and a reset in 90 s. */
    USED_UP,
    /** Of new tokens: a line break in the middle. */
    LINE_BREAK_IN_TOKEN,
    /** Of new tokens: one permission more than was asked for. */
    MORE_PERMISSIONS,
    /** Of new tokens: all that the installation has. */
    ALL_REPOSITORIES,
    /** Of new tokens: one repository more. */
    MORE_REPOSITORIES,
    /** Of new tokens: the repositories of another owner, under the same names. */
    FOREIGN_OWNER,
    /** Of new tokens: alive for a day. */
    LIVES_LONG
}
