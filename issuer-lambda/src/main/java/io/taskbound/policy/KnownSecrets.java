// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.digest.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Hashes whose secret anybody knows: of nothing, of words that people write for the time being, and of the texts by
 * which specifications show what SHA-256 is. A secret of {@code taskbound policy secret} is 32 random bytes.
 */
final class KnownSecrets {
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "0",
            "1",
            "a",
            "abc",
            "abc123",
            "admin",
            "administrator",
            "acme",
            "api",
            "apikey",
            "api-key",
            "asdf",
            "bar",
            "baz",
            "change-me",
            "change_me",
            "changeit",
            "changeme",
            "client",
            "client-secret",
            "client_secret",
            "clientsecret",
            "correct horse battery staple",
            "default",
            "demo",
            "dev",
            "development",
            "dummy",
            "example",
            "foo",
            "foobar",
            "guest",
            "hello",
            "hello world",
            "hunter2",
            "issuer",
            "key",
            "letmein",
            "login",
            "master",
            "my-secret",
            "my_secret",
            "mysecret",
            "none",
            "null",
            "pass",
            "passphrase",
            "passw0rd",
            "password",
            "placeholder",
            "pw",
            "qwerty",
            "replace-me",
            "replaceme",
            "root",
            "s3cr3t",
            "s3cret",
            "sample",
            "secret",
            "secret-key",
            "secretkey",
            "secrets",
            "server",
            "shared-secret",
            "supersecret",
            "taskbound",
            "tbd",
            "temp",
            "test",
            "test-secret",
            "testing",
            "the quick brown fox jumps over the lazy dog",
            "todo",
            "token",
            "topsecret",
            "undefined",
            "user",
            "welcome",
            "xxx",
            "your-secret",
            "your_secret",
            "yoursecret");
    private static final List<String> ENDINGS = List.of("", "1", "12", "123", "1234", "12345", "123456", "!", "\n");
    private static final String SAME_BYTE = "(..)\\1{31}";

    private KnownSecrets() {}

    /** Whether this is the hash of a word that anybody would try. */
    static boolean isKnown(String hash, String server) {
        return Hashes.ALL.contains(hash)
                || ENDINGS.stream()
                        .anyMatch(ending -> Sha256.hex(server + ending).equals(hash))
                || Sha256.hex(server + "-secret").equals(hash);
    }

    /** Whether it is one that stands for a hash in an example: 0000… or abab…. Nobody has its secret. */
    static boolean isPlaceholder(String hash) {
        return hash.matches(SAME_BYTE);
    }

    /** Made when the first secret is looked at by people's tools. */
    private static final class Hashes {
        static final Set<String> ALL = new HashSet<>();

        static {
            for (var word : WORDS) {
                for (var ending : ENDINGS) {
                    add(word + ending);
                }
                add(word + word);
            }
            for (var text : List.of(
                    "The quick brown fox jumps over the lazy dog",
                    "Hello World",
                    "Hello, World!",
                    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                    "1234",
                    "12345",
                    "123456",
                    "12345678",
                    "123456789",
                    "1234567890")) {
                add(text);
            }
        }

        private static void add(String text) {
            ALL.add(Sha256.hex(text));
            if (!text.isEmpty()) {
                ALL.add(Sha256.hex(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)));
                ALL.add(Sha256.hex(text.toUpperCase(Locale.ROOT)));
            }
        }
    }
}
