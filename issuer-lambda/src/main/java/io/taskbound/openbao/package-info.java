// SPDX-License-Identifier: Apache-2.0
/** Client tokens of OpenBao or HashiCorp Vault, by its JWT auth method. */
@NullMarked
package io.taskbound.openbao;

import org.jspecify.annotations.NullMarked;
