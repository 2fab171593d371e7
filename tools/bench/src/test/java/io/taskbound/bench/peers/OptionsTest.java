// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Path HERE = Path.of("here");

    private static Options read(String... words) {
        return Options.read(List.of(words), HERE);
    }

    @Test
    void measuresEverythingOfThisCheckoutUnlessTold() {
        assertThat(read().product()).isEqualTo(HERE);
        assertThat(Row.values()).allMatch(read()::measures);
    }

    @Test
    void measuresOnlyWhatIsNamed() {
        var options = read("--quick", "--only", "on-demand-c1,bao-raft", "--product", "there");
        assertThat(options.quick()).isTrue();
        assertThat(options.product()).isEqualTo(Path.of("there"));
        assertThat(Row.values()).filteredOn(options::measures).containsExactly(Row.ON_DEMAND_C1, Row.BAO_RAFT);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> read("--fast")).withMessage("there is no option --fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("--only", "vault"))
                .withMessage("there is no candidate vault");
        assertThatIllegalArgumentException().isThrownBy(() -> read("--product")).withMessage("--product needs a value");
    }
}
