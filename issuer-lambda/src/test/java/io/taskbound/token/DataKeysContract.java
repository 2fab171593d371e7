// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What every kind of data keys does, wherever its own key is kept. */
abstract class DataKeysContract {
    private static final Jti OURS = new Jti("R".repeat(22), "P".repeat(32));
    private static final Jti OF_THE_SAME_RUN = new Jti("R".repeat(22), "Q".repeat(32));

    /** The same key for each call of one test. */
    abstract DataKeys keys() throws Exception;

    @Test
    void aKeyOpensAgainForItsTokenAlone() throws Exception {
        var made = keys().generate(OURS);

        assertThat(made.plain().getEncoded()).hasSize(32);
        assertThat(keys().open(OURS, made.sealed()).getEncoded())
                .isEqualTo(made.plain().getEncoded());
        opensToNothing(OF_THE_SAME_RUN, made.sealed(), made);
    }

    @Test
    void eachKeyIsAnotherOne() throws Exception {
        var first = keys().generate(OURS);
        var second = keys().generate(OURS);

        assertThat(first.plain().getEncoded()).isNotEqualTo(second.plain().getEncoded());
        assertThat(first.sealed()).isNotEqualTo(second.sealed());
    }

    @Test
    void nothingThatWasChangedGivesTheKey() throws Exception {
        var made = keys().generate(OURS);
        var sealed = Base64.getDecoder().decode(made.sealed());
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            opensToNothing(OURS, Base64.getEncoder().encodeToString(changed), made);
        }
    }

    @Test
    void whatNobodySealedIsRefusedAndNotQuoted() throws Exception {
        var tooShort = Base64.getEncoder().encodeToString(new byte[5]);
        for (var text : new String[] {"", "canary!", tooShort}) {
            assertThatThrownBy(() -> keys().open(OURS, text))
                    .isInstanceOfSatisfying(
                            SignerUnavailable.class,
                            refused -> assertThat(refused.why()).isEqualTo(SignerUnavailable.Why.WRONG_KIND))
                    .hasNoCause()
                    .message()
                    .doesNotContain("canary");
        }
    }

    @Test
    void showsNoKey() throws Exception {
        var made = keys().generate(OURS);
        var plain = Base64.getEncoder().encodeToString(made.plain().getEncoded());
        assertThat(made.toString()).doesNotContain(plain).doesNotContain(made.sealed());
        assertThat(keys().toString()).doesNotContain(plain);
    }

    private void opensToNothing(Jti handle, String sealed, DataKeys.DataKey made) throws Exception {
        byte[] opened;
        try {
            opened = keys().open(handle, sealed).getEncoded();
        } catch (SignerUnavailable refused) {
            return;
        }
        assertThat(opened).isNotEqualTo(made.plain().getEncoded());
    }
}
