// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.Ran;
import io.taskbound.local.github.StandInApp;
import io.taskbound.local.github.StandInGithub;
import io.taskbound.token.SignerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code taskbound keys import-github-app} into a data folder. */
class ImportGithubAppCommandTest {
    private static StandInApp app;

    @TempDir
    private Path folder;

    private Path data;

    @BeforeAll
    static void makeAnApp() {
        try (var github = StandInGithub.start(Clock.systemUTC())) {
            github.organization("acme", 1001);
            app = github.app("acme", Map.of("contents", "read"));
        }
    }

    @BeforeEach
    void makeFolder() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
    }

    private Ran imported(String stdin, String... more) {
        var line = new ArrayList<>(List.of("keys", "import-github-app"));
        line.addAll(List.of(more));
        return Ran.with(Map.of(), stdin, line.toArray(String[]::new));
    }

    private Ran imported(Path file) {
        return imported("", file.toString(), "--app-id", "12345", "--data", data.toString());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("app.private-key.pem"), text);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    @Test
    void keepsTheKeyThatGithubGaveAndSaysWhatToDelete() throws Exception {
        var file = file(app.pem());
        var ran = imported(file);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("The key of the App 12345 is in " + data.resolve("github-apps/12345.pem"))
                .contains("Delete " + file)
                .contains("SHA256:")
                .contains("every key with another fingerprint");
        assertThat(file).exists();
        var signer = new AppKeyFolder(data).find("12345").orElseThrow();
        assertThat(AppKey.read(app.pem(), "it").isSignedBy(signer)).isTrue();
        assertThat(new AppKeyFolder(data).find("12346")).isEmpty();
    }

    @Test
    void takesPkcs8AndStdinAndReplacesTheKeyBefore() throws Exception {
        assertThat(imported(file(app.pem())).code()).isZero();
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        var other = pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());

        var ran = imported("\n" + other, "-", "--app-id", "12345", "--data", data.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("the file that you piped in");
        assertThat(AppKey.read(other, "it")
                        .isSignedBy(new AppKeyFolder(data).find("12345").orElseThrow()))
                .isTrue();
    }

    /** GitHub's own recipe for it: openssl rsa -pubout -outform DER, openssl sha256 -binary, openssl base64. */
    @Test
    void theFingerprintIsTheOneThatGithubShows() throws Exception {
        var spki = MessageDigest.getInstance("SHA-256");
        var rsa = KeyFactory.getInstance("RSA");
        var key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(app.pkcs8()));
        var publicKey = rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        assertThat(AppKey.read(app.pem(), "it").fingerprint())
                .isEqualTo("SHA256:" + Base64.getEncoder().encodeToString(spki.digest(publicKey.getEncoded())));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions there")
    void keepsItUnderPermissionsOfItsOwnerAlone() throws Exception {
        imported(file(app.pem()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("github-apps/12345.pem"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("github-apps"))))
                .isEqualTo("rwx------");
    }

    private static String privateKey(String algorithm, int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
    }

    private void assertRefused(String text, String why) throws IOException {
        var ran = imported(file(text));
        assertThat(ran.code()).as(why).isEqualTo(2);
        assertThat(ran.err()).contains(why);
        assertThat(data.resolve("github-apps")).doesNotExist();
        var lines = text.lines().filter(line -> line.length() == 64).toList();
        lines.forEach(line -> assertThat(ran.err() + ran.out()).doesNotContain(line));
    }

    @Test
    void refusesWhatIsNoKeyOfAnApp() throws Exception {
        assertRefused("ghs_canary", "is not a PEM file");
        assertRefused(app.pem() + app.pem(), "more than one PEM block");
        assertRefused(privateKey("RSA", 1024), "The key has 1024 bits");
        assertRefused(privateKey("EC", 256), "no RSA private key that can be read");
        assertRefused(pem("EC PRIVATE KEY", new byte[60]), "but: EC PRIVATE KEY");
        assertRefused(pem("OPENSSH PRIVATE KEY", new byte[60]), "but: OPENSSH PRIVATE KEY");
        assertRefused(pem("PUBLIC KEY", new byte[60]), "but: PUBLIC KEY");
        assertRefused(pem("ENCRYPTED PRIVATE KEY", new byte[60]), "encrypted with a password");
        assertRefused(
                app.pem().replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\n"), "encrypted with a password");
        assertRefused(pem("RSA PRIVATE KEY", new byte[1200]), "no RSA private key that can be read");
        assertRefused(pem("PRIVATE KEY", damaged(app.pkcs8())), "no RSA private key that can be read");
    }

    /** One bit of the last of its numbers. */
    private static byte[] damaged(byte[] pkcs8) {
        var other = pkcs8.clone();
        other[other.length - 40] ^= 1;
        return other;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Iv23liabc", "0", "-1", "12 345", "12345678901234567890", "../x"})
    void refusesWhatIsNoIdOfAnApp(String id) throws Exception {
        var ran = imported("", file(app.pem()).toString(), "--app-id=" + id, "--data", data.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("An App's id is a number");
    }

    @ParameterizedTest
    @CsvSource({"--table, taskbound", "--secrets-key, alias/x", "--kms-key, arn"})
    void aFolderAndATableExcludeEachOther(String option, String value) throws Exception {
        var ran = imported("", file(app.pem()).toString(), "--app-id", "1", "--data", data.toString(), option, value);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--data names a folder");
    }

    @Test
    void aMisspeltFolderIsNotMade() throws Exception {
        var ran = imported(
                "",
                file(app.pem()).toString(),
                "--app-id",
                "1",
                "--data",
                folder.resolve("dta").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no such file or folder");
        assertThat(folder.resolve("dta")).doesNotExist();
    }

    @Test
    void aKeptFileThatIsDamagedIsSaidWithoutItsContent() throws Exception {
        imported(file(app.pem()));
        Files.write(data.resolve("github-apps/12345.pem"), "canary".getBytes(UTF_8));
        assertThatThrownBy(() -> new AppKeyFolder(data).find("12345"))
                .isInstanceOf(SignerUnavailable.class)
                .hasMessageContaining("12345.pem is not a PEM file")
                .hasMessageNotContaining("canary");
    }
}
