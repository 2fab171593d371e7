// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

import io.taskbound.digest.Sha256;
import java.util.Base64;

/** The one style of all pages, and the policy that lets a browser apply this one and nothing else (CSP level 3). */
public final class Style {
    /** Colours have a contrast of at least 4.5 : 1 in both schemes (WCAG 2.2, 1.4.3). */
    static final String TEXT = """
            :root { color-scheme: light dark; --fg: #1b1f24; --soft: #4b5563; --bg: #ffffff; --panel: #f3f4f6; --line: #8b939e;
              --link: #0b57a4; --yes: #14683a; --no: #a3201a; --on: #ffffff; }
            @media (prefers-color-scheme: dark) {
              :root { --fg: #e6e8eb; --soft: #aab2bd; --bg: #16181c; --panel: #22262c; --line: #7d8590; --link: #7ab7ff;
                --yes: #1f7a47; --no: #b8322b; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--bg); color: var(--fg); font: 1rem/1.5 system-ui, sans-serif; }
            main { max-width: 42rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.5rem; line-height: 1.25; margin: 1rem 0; }
            h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
            a { color: var(--link); }
            dl { margin: 1rem 0; }
            dt { color: var(--soft); font-size: .9rem; margin-top: .5rem; }
            dt:first-child { margin-top: 0; }
            dd { margin: 0; overflow-wrap: anywhere; }
            .said { background: var(--panel); border-left: .25rem solid var(--line); margin: 1rem 0; padding: .75rem 1rem; }
            .said p { margin: .25rem 0; overflow-wrap: anywhere; white-space: pre-wrap; }
            .note { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
            label { display: block; margin-bottom: .25rem; }
            textarea { width: 100%; min-height: 4.5rem; padding: .5rem; font: inherit; color: var(--fg); background: var(--bg);
              border: 1px solid var(--line); border-radius: .25rem; }
            .buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
            .button { flex: 1 1 10rem; min-height: 3rem; padding: .65rem 1rem; border: 2px solid transparent; border-radius: .25rem;
              font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; color: var(--on);
              background: #0b57a4; overflow-wrap: anywhere; }
            .yes { background: var(--yes); }
            .no { background: var(--no); }
            :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
            """;

    private static final String HASH = Base64.getEncoder().encodeToString(Sha256.of(TEXT));

    /** Nothing is loaded, nothing runs, nobody frames it, and forms go to this issuer only. */
    public static final String CONTENT_POLICY = "default-src 'none'; style-src 'sha256-" + HASH
            + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private Style() {}
}
