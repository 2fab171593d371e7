// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

/** What a {@link StandInProvider} does instead of answering normally, so that outages can be tested over real HTTP. */
public enum Trouble {
    NONE,
    /** Takes the connection and closes it without a word. */
    DOWN,
    /** Says nothing for 30 s. */
    SLOW,
    /** An endless answer, one byte every tenth of a second. */
    DRIPPING,
    /** 64 MB of blanks before the document. */
    HUGE,
    /** 302 to its own documents under another path. */
    REDIRECTING,
    /** 200 with a web page, as a proxy in the way gives it. */
    WEB_PAGE,
    /** 500. */
    ERROR
}
