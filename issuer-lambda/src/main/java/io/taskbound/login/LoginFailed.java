// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

/**
 * Nobody was logged in. The kind has the sentence for the person; the detail, for the audit log, is in our own words:
 * nothing that the browser or the provider sent is repeated, but an error code of OAuth's form.
 */
public final class LoginFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    public LoginFailed(Kind kind, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
    }

    /** What there is to say to a person. */
    public enum Kind {
        NOT_THIS_LOGIN(
                "This is not the answer to a login that was begun in this browser, or it was begun more than 10 minutes"
                        + " ago, or another one has been begun since. Log in again."),
        OTHER_PROVIDER("The answer comes from another identity provider than the one you chose. Log in again."),
        REFUSED("The identity provider did not log you in. Log in again, or ask its administrator."),
        BAD_ID_TOKEN(
                "The identity provider's ID token is not acceptable here. Log in again; if that does not help, give the"
                        + " request id to the owner of the policy."),
        TOO_LONG("The identity provider's ID token is too long for a cookie. Ask its administrator to put fewer claims,"
                + " such as groups, into the tokens of this client."),
        OUT_OF_REACH("The identity provider gives no usable answer at the moment. Try again in a minute; if that does"
                + " not help, give the request id to the owner of the policy.");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }

        /** What went wrong and what to do. Nothing was decided. */
        public String sentence() {
            return sentence;
        }
    }

    public Kind kind() {
        return kind;
    }

    /** For the audit log. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
