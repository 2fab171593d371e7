// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;

/**
 * What the values of a claim look like. Written without regular expressions: a cold start reads a policy and should not
 * wait for their compiler.
 */
public enum ClaimForm {
    /** Nothing is known of it. */
    ANY("any", "") {
        @Override
        public boolean fits(JsonValue value) {
            return true;
        }

        @Override
        boolean fits(String text) {
            return true;
        }
    },
    STRING("string", "\"…\"") {
        @Override
        boolean fits(String text) {
            return true;
        }
    },
    /** A number that is sent as a text. */
    ID("id", "\"2002\"") {
        @Override
        boolean fits(String text) {
            return !text.isEmpty() && text.chars().allMatch(ClaimForm::isDigit);
        }
    },
    UUID("uuid", "the id, such as 8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03, in lower case") {
        @Override
        boolean fits(String text) {
            if (text.length() != UUID_LENGTH) {
                return false;
            }
            for (int i = 0; i < UUID_LENGTH; i++) {
                boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
                if (dash ? text.charAt(i) != '-' : !isHex(text.charAt(i))) {
                    return false;
                }
            }
            return true;
        }
    },
    /** The id of a commit, of either length. */
    SHA("sha", "the whole id of the commit, in lower case") {
        @Override
        boolean fits(String text) {
            return (text.length() == 40 || text.length() == 64) && text.chars().allMatch(ClaimForm::isHex);
        }
    },
    FULL_REF("full_ref", "refs/heads/main, or refs/tags/v1") {
        @Override
        boolean fits(String text) {
            return text.startsWith("refs/");
        }

        @Override
        public boolean mayBeginWith(String beginning) {
            return beginning.startsWith("refs/") || "refs/".startsWith(beginning);
        }
    },
    SHORT_REF("short_ref", "the branch or tag without refs/heads/: main") {
        @Override
        boolean fits(String text) {
            return mayBeginWith(text);
        }

        @Override
        public boolean mayBeginWith(String beginning) {
            return !beginning.startsWith("refs/heads/") && !beginning.startsWith("refs/tags/");
        }
    },
    /** The name of an owner, by itself. */
    NAME("name", "the name by itself: acme") {
        @Override
        boolean fits(String text) {
            return !text.contains("/");
        }

        @Override
        public boolean mayBeginWith(String beginning) {
            return fits(beginning);
        }
    },
    /** A name in a URL: lower case. */
    SLUG("slug", "the name as it stands in URLs, in lower case") {
        @Override
        boolean fits(String text) {
            return !text.isEmpty() && mayBeginWith(text);
        }

        @Override
        public boolean mayBeginWith(String beginning) {
            return beginning.chars().allMatch(c -> (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '_');
        }
    },
    OWNER_NAME("owner_name", "owner and name: acme/shop") {
        @Override
        boolean fits(String text) {
            int slash = text.indexOf('/');
            return slash > 0 && slash < text.length() - 1 && text.indexOf('/', slash + 1) < 0 && !isUrl(text);
        }

        @Override
        public boolean mayBeginWith(String beginning) {
            int slash = beginning.indexOf('/');
            return slash != 0 && (slash < 0 || beginning.indexOf('/', slash + 1) < 0);
        }
    },
    /** Two segments or more. */
    PATH("path", "the whole path: acme/shop") {
        @Override
        boolean fits(String text) {
            return text.indexOf('/') > 0 && !text.endsWith("/") && !isUrl(text);
        }

        @Override
        public boolean mayBeginWith(String beginning) {
            return !beginning.startsWith("/") && !isUrl(beginning);
        }
    },
    WORKFLOW_REF("workflow_ref", "acme/ci/.github/workflows/deploy.yml@refs/tags/v1") {
        @Override
        boolean fits(String text) {
            int at = text.lastIndexOf("@refs/");
            return at > 0 && text.indexOf("/.github/workflows/") > 0 && text.indexOf("/.github/workflows/") < at;
        }

        @Override
        public boolean mayBeginWith(String beginning) {
            return !beginning.startsWith(".github/") && !beginning.startsWith("/");
        }
    },
    SERVICE_ACCOUNT("service_account", "system:serviceaccount:NAMESPACE:NAME") {
        @Override
        boolean fits(String text) {
            return text.startsWith("system:serviceaccount:") && text.split(":", -1).length == 4 && !text.endsWith(":");
        }
    },
    JOB_URL("job_url", "the job's URL with its trailing slash") {
        @Override
        boolean fits(String text) {
            return isUrl(text) && text.endsWith("/");
        }
    },
    NUMBER("number", "the number without quotes: 7") {
        @Override
        public boolean fits(JsonValue value) {
            return value instanceof JsonNumber;
        }
    },
    BOOLEAN("boolean", "true or false, without quotes") {
        @Override
        public boolean fits(JsonValue value) {
            return value instanceof JsonBoolean;
        }
    },
    ARRAY("array", "{contains: \"…\"}") {
        @Override
        public boolean fits(JsonValue value) {
            return value instanceof JsonArray;
        }
    },
    OBJECT("object", "nested: with the path to the claim inside it") {
        @Override
        public boolean fits(JsonValue value) {
            return value instanceof JsonObject;
        }
    };

    private static final int UUID_LENGTH = 36;

    private final String word;
    private final String example;

    ClaimForm(String word, String example) {
        this.word = word;
        this.example = example;
    }

    /** As a profile's file writes it. */
    static ClaimForm named(String word) {
        for (var form : values()) {
            if (form.word.equals(word)) {
                return form;
            }
        }
        throw new IllegalArgumentException("unknown form of a claim: " + word);
    }

    /** What to write, for people. */
    public String example() {
        return example;
    }

    /** Whether the claim's values are texts. */
    public boolean isText() {
        return this != NUMBER && this != BOOLEAN && this != ARRAY && this != OBJECT && this != ANY;
    }

    /** Whether a claim of this form can have that value. */
    public boolean fits(JsonValue value) {
        return value instanceof JsonString text && fits(text.value());
    }

    boolean fits(String text) {
        return false;
    }

    /** Whether there is a value that begins so; true also where that is not obvious. */
    public boolean mayBeginWith(String beginning) {
        return true;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f');
    }

    private static boolean isUrl(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }
}
